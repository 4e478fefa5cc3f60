package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Optional;

/**
 * The meaning of the numbers of a decoded picture. The first components of a pixel are its colour.
 *
 * @param colours the meaning of the colour components
 * @param opacity the index of the opacity component; {@link #NONE} if the picture is opaque
 * @param premultiplied whether colours are already multiplied by the opacity
 * @param whiteIsZero whether smaller numbers are brighter in the file; its reader has inverted all of them
 * @param signed whether the numbers are signed; zero is black then, and negative numbers are, too
 */
record PixelKind(Colours colours, int opacity, boolean premultiplied, boolean whiteIsZero, boolean signed) {

    static final int NONE = -1;

    /** The kind of a picture in sRGB, with or without opacity. */
    static PixelKind srgb(BufferedImage picture) {
        return of(picture.getColorModel(), DefaultColours.SRGB);
    }

    /**
     * The kind of a picture that was read from a file. The colour space is the one that the file describes, if it has
     * as many components as the pixels, otherwise the default for this number of components.
     *
     * @param picture as returned by its reader; readers ignore the file's colour space
     * @param described the colour space that the file describes
     * @param tiff the directory of a TIFF file, which contains more than its reader provides
     * @throws RefusedException when the pixels are neither grey nor RGB nor CMYK
     */
    static PixelKind of(BufferedImage picture, Optional<Colours> described, Optional<TiffDirectory> tiff)
            throws RefusedException {
        ColorModel model = picture.getColorModel();
        Colours colours = colours(model, described);
        PixelKind kind = of(model, colours);
        if (tiff.isEmpty() || model instanceof IndexColorModel) {
            return kind;
        }
        TiffSamples samples = TiffSamples.of(tiff.get());
        int opacity = kind.opacity();
        boolean premultiplied = kind.premultiplied();
        if (samples.extra().isPresent()) {
            TiffSamples.Extra extra = samples.extra().get();
            opacity = colours.components() + extra.opacity();
            premultiplied = extra.premultiplied();
            if (extra.opacity() == NONE || opacity >= picture.getRaster().getNumBands()) {
                opacity = NONE;
                premultiplied = false;
            }
        }
        return new PixelKind(
                samples.lab().map(Colours.class::cast).orElse(colours),
                opacity,
                premultiplied,
                samples.whiteIsZero(),
                samples.signed());
    }

    private static PixelKind of(ColorModel model, Colours colours) {
        return new PixelKind(
                colours,
                model.hasAlpha() ? colours.components() : NONE,
                model.isAlphaPremultiplied(),
                false,
                model.getTransferType() == DataBuffer.TYPE_SHORT);
    }

    private static Colours colours(ColorModel model, Optional<Colours> described) throws RefusedException {
        if (model instanceof IndexColorModel palette && isGrey(palette)) {
            // Readers return grey of few bits with a palette.
            Optional<Colours> grey = described.filter(colours -> colours.components() == 1);
            if (grey.isPresent()) {
                return grey.get();
            }
        }
        int components = model.getColorSpace().getNumComponents();
        for (DefaultColours colours : DefaultColours.values()) {
            if (colours.components() == components) {
                return described
                        .filter(other -> other.components() == components)
                        .orElse(colours);
            }
        }
        throw new RefusedException(RejectionReason.UNSUPPORTED_FORMAT);
    }

    private static boolean isGrey(IndexColorModel palette) {
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }
}
