package dev.printshop.photos.resizing.imaging;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ProfileDataException;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** A colour space that is defined by a table, as those of printers and some scanners. The JDK converts it. */
final class TabulatedColours implements Colours {

    private final ColorConvertOp conversion;
    private final int components;

    private TabulatedColours(ICC_Profile profile, int components) {
        ICC_Profile[] fromAndTo = {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
        this.conversion = new ColorConvertOp(fromAndTo, null);
        this.components = components;
    }

    /**
     * Describes the space of a profile.
     *
     * @param profile of exactly the length that it declares
     * @return empty when the JDK can't use the profile
     */
    static Optional<TabulatedColours> of(byte[] profile, int components) {
        try {
            TabulatedColours colours = new TabulatedColours(ICC_Profile.getInstance(profile), components);
            colours.toSrgb(new char[components], new int[1]);
            return Optional.of(colours);
        } catch (CMMException | ProfileDataException | IllegalArgumentException _) {
            // Java cannot use the profile.
            return Optional.empty();
        }
    }

    @Override
    public int components() {
        return components;
    }

    @Override
    public void toSrgb(char[] from, int[] pixels) {
        // Eight bits: with sixteen the JDK converts more coarsely.
        WritableRaster source =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, pixels.length, 1, components, null);
        byte[] values = ((DataBufferByte) source.getDataBuffer()).getData();
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) ((from[i] * 255 + 32_895) >>> 16);
        }
        WritableRaster target = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, pixels.length, 1, 3, null);
        conversion.filter(source, target);
        byte[] rgb = ((DataBufferByte) target.getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
        }
    }
}
