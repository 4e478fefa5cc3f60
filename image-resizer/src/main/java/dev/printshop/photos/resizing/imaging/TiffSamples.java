package dev.printshop.photos.resizing.imaging;

import java.util.List;
import java.util.Optional;

/**
 * Data about the samples of a TIFF file (TIFF 6.0, sections 18 and 19) that its reader doesn't provide.
 *
 * @param signed whether they are signed integers
 * @param whiteIsZero whether white is zero; readers invert all samples then, opacity included
 * @param lab the colour space, if it is CIE L*a*b*
 * @param signedChroma whether its second and third component may be negative
 * @param extra the samples beside the colour, if the file defines them
 */
record TiffSamples(
        boolean signed, boolean whiteIsZero, Optional<LabColours> lab, boolean signedChroma, Optional<Extra> extra) {

    private static final int BITS_PER_SAMPLE = 258;
    private static final int PHOTOMETRIC_INTERPRETATION = 262;
    private static final long WHITE_IS_ZERO = 0;
    private static final long CIE_LAB = 8;
    private static final long ICC_LAB = 9;
    private static final int EXTRA_SAMPLES = 338;
    private static final long PREMULTIPLIED_OPACITY = 1;
    private static final long OPACITY = 2;
    private static final int SAMPLE_FORMAT = 339;
    private static final long SIGNED_INTEGER = 2;

    /**
     * The samples beside the colour.
     *
     * @param opacity which of them is the opacity, from 0; {@link PixelKind#NONE} if none is
     * @param premultiplied whether the colour is multiplied by it
     */
    record Extra(int opacity, boolean premultiplied) {

        private static Extra of(List<Long> meanings) {
            for (int i = 0; i < meanings.size(); i++) {
                long meaning = meanings.get(i);
                if (meaning == PREMULTIPLIED_OPACITY || meaning == OPACITY) {
                    return new Extra(i, meaning == PREMULTIPLIED_OPACITY);
                }
            }
            return new Extra(PixelKind.NONE, false);
        }
    }

    static TiffSamples of(TiffDirectory directory) {
        Optional<Long> interpretation = directory.integer(PHOTOMETRIC_INTERPRETATION);
        boolean cieLab = interpretation.filter(meaning -> meaning == CIE_LAB).isPresent();
        boolean iccLab = interpretation.filter(meaning -> meaning == ICC_LAB).isPresent();
        boolean of8Bits =
                directory.integer(BITS_PER_SAMPLE).filter(bits -> bits == 8).isPresent();
        LabColours lab = of8Bits ? LabColours.OF_8_BITS : cieLab ? LabColours.OF_16_BITS : LabColours.ICC_OF_16_BITS;
        return new TiffSamples(
                directory
                        .integer(SAMPLE_FORMAT)
                        .filter(format -> format == SIGNED_INTEGER)
                        .isPresent(),
                interpretation.filter(meaning -> meaning == WHITE_IS_ZERO).isPresent(),
                Optional.of(lab).filter(used -> cieLab || iccLab),
                cieLab,
                Optional.of(directory.integers(EXTRA_SAMPLES))
                        .filter(meanings -> !meanings.isEmpty())
                        .map(Extra::of));
    }
}
