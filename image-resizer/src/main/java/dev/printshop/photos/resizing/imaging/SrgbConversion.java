package dev.printshop.photos.resizing.imaging;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Makes every colour mean what a browser takes it for. */
final class SrgbConversion {

    private static final ColorSpace GREY = ColorSpace.getInstance(ColorSpace.CS_GRAY);

    private SrgbConversion() {}

    /**
     * Reduces a picture of any kind and converts it.
     *
     * @param factor how many times smaller it shall become, see {@link BoxReduction#reduce}
     * @return a picture of type INT_RGB if all of it is opaque, else of type INT_ARGB
     */
    static BufferedImage reduce(BufferedImage picture, int factor) {
        boolean nothingToDo = factor == 1 && picture.getType() == BufferedImage.TYPE_INT_RGB;
        return nothingToDo ? picture : toSrgb(BoxReduction.reduce(picture, factor));
    }

    /** Returns a picture of type INT_RGB if all of it is opaque, else of type INT_ARGB. */
    static BufferedImage toSrgb(Samples samples) {
        byte[] rgb = rgb(samples);
        boolean opaque = samples.isOpaque();
        BufferedImage picture = new BufferedImage(
                samples.width(), samples.height(), opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        int[] pixels = Pixels.of(picture);
        for (int i = 0; i < pixels.length; i++) {
            int alpha = opaque ? 0xff : samples.alpha()[i] & 0xff;
            pixels[i] = (alpha << 24)
                    | ((rgb[3 * i] & 0xff) << 16)
                    | ((rgb[3 * i + 1] & 0xff) << 8)
                    | (rgb[3 * i + 2] & 0xff);
        }
        return picture;
    }

    private static byte[] rgb(Samples samples) {
        ColorSpace from = samples.colourSpace();
        if (from.isCS_sRGB()) {
            return samples.colour();
        }
        if (from.equals(GREY)) {
            // Java says that grey without a profile is linear light. Files mean the grey of sRGB, where red, green and
            // blue are equal.
            return tripled(samples.colour());
        }
        if (from instanceof ICC_ColorSpace icc) {
            try {
                return converted(samples, icc.getProfile());
            } catch (CMMException | IllegalArgumentException unusableProfile) {
                return withoutProfile(samples);
            }
        }
        return computed(samples);
    }

    private static byte[] converted(Samples samples, ICC_Profile profile) {
        int components = samples.colourSpace().getNumComponents();
        WritableRaster target =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, samples.width(), samples.height(), 3, null);
        ICC_Profile[] fromAndTo = {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
        new ColorConvertOp(fromAndTo, null).filter(raster(samples, components), target);
        return ((DataBufferByte) target.getDataBuffer()).getData();
    }

    private static WritableRaster raster(Samples samples, int components) {
        int[] offsets = new int[components];
        for (int c = 0; c < components; c++) {
            offsets[c] = c;
        }
        DataBufferByte data = new DataBufferByte(samples.colour(), samples.colour().length);
        return Raster.createInterleavedRaster(
                data, samples.width(), samples.height(), components * samples.width(), components, offsets, null);
    }

    /** A profile that can't be used leaves the colours as they would be without it. */
    private static byte[] withoutProfile(Samples samples) {
        return switch (samples.colourSpace().getNumComponents()) {
            case 1 -> tripled(samples.colour());
            case 3 -> samples.colour();
            default -> computed(samples);
        };
    }

    private static byte[] computed(Samples samples) {
        int components = samples.colourSpace().getNumComponents();
        byte[] rgb = new byte[samples.width() * samples.height() * 3];
        float[] colour = new float[components];
        for (int i = 0; i < samples.width() * samples.height(); i++) {
            for (int c = 0; c < components; c++) {
                colour[c] = (samples.colour()[i * components + c] & 0xff) / 255f;
            }
            float[] red = samples.colourSpace().toRGB(colour);
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) Math.round(red[c] * 255);
            }
        }
        return rgb;
    }

    private static byte[] tripled(byte[] grey) {
        byte[] rgb = new byte[grey.length * 3];
        for (int i = 0; i < grey.length; i++) {
            rgb[3 * i] = grey[i];
            rgb[3 * i + 1] = grey[i];
            rgb[3 * i + 2] = grey[i];
        }
        return rgb;
    }
}
