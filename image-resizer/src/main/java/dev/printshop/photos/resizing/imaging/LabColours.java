package dev.printshop.photos.resizing.imaging;

import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.WritableRaster;

/**
 * CIE L*a*b* relative to D50, as TIFF files have it (TIFF 6.0, section 23). Negative numbers are stored with an offset,
 * see {@link #addOffset}.
 */
enum LabColours implements Colours {

    /** CIELab and ICCLab of eight bits. */
    OF_8_BITS(65_535, 257),

    /** CIELab of 16 bits. */
    OF_16_BITS(65_535, 256),

    /** ICCLab of 16 bits. */
    ICC_OF_16_BITS(65_280, 256);

    /** XYZ of the white to which colours are relative. */
    private static final double[] D50 = {0.9642, 1, 0.8249};

    private final double fullLightness;
    private final double unit;

    LabColours(double fullLightness, double unit) {
        this.fullLightness = fullLightness;
        this.unit = unit;
    }

    @Override
    public int components() {
        return 3;
    }

    @Override
    public void toSrgb(char[] from, int[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            double y = (from[3 * i] * 100 / fullLightness + 16) / 116;
            double x = y + (from[3 * i + 1] / unit - 128) / 500;
            double z = y - (from[3 * i + 2] / unit - 128) / 200;
            pixels[i] = ShapedColours.xyzToSrgb(D50[0] * light(x), D50[1] * light(y), D50[2] * light(z));
        }
    }

    /**
     * Gives the second and third component of each pixel the offset that makes negative numbers positive.
     *
     * @param raster of 8 or 16 bits, pixel by pixel; changed in place
     */
    static void addOffset(WritableRaster raster) {
        int bands = raster.getNumBands();
        switch (raster.getDataBuffer()) {
            case DataBufferByte bytes -> {
                byte[] samples = bytes.getData();
                for (int i = 0; i < samples.length; i++) {
                    samples[i] ^= (byte) (isChroma(i % bands) ? 0x80 : 0);
                }
            }
            case DataBufferUShort shorts -> {
                short[] samples = shorts.getData();
                for (int i = 0; i < samples.length; i++) {
                    samples[i] ^= (short) (isChroma(i % bands) ? 0x8000 : 0);
                }
            }
            default -> throw new IllegalArgumentException("L*a*b* of neither 8 nor 16 bits");
        }
    }

    private static boolean isChroma(int band) {
        return band == 1 || band == 2;
    }

    private static double light(double root) {
        return root > 6.0 / 29 ? root * root * root : (root - 16.0 / 116) * 108 / 841;
    }
}
