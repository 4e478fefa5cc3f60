package dev.printshop.jpeg;

/** The colours of JPEG files (ITU-T T.871, clause 7), in whole numbers of 1/65536. */
final class YCbCr {

    private static final int SHIFT = 16;
    private static final int HALF = 1 << (SHIFT - 1);
    private static final float UNIT = 1f / (1 << SHIFT);

    private YCbCr() {}

    /**
     * Converts a run of samples to RGB pixels.
     *
     * @param luma samples of Y - 128; like those of Cb - 128 and Cr - 128 they may be a little out of range
     * @param from the index of the first sample
     * @param rgb receives the pixels
     * @param to the index of the first pixel
     */
    static void toRgb(float[] luma, float[] blueness, float[] redness, int from, int[] rgb, int to, int count) {
        for (int i = 0; i < count; i++) {
            int y = (toByte(luma[from + i]) << SHIFT) + HALF;
            int cb = toByte(blueness[from + i]) - 128;
            int cr = toByte(redness[from + i]) - 128;
            int red = clamp((y + 91_881 * cr) >> SHIFT);
            int green = clamp((y - 22_554 * cb - 46_802 * cr) >> SHIFT);
            int blue = clamp((y + 116_130 * cb) >> SHIFT);
            rgb[to + i] = (red << 16) | (green << 8) | blue;
        }
    }

    /** Converts a run of samples of a picture without colour to shades of grey. */
    static void grey(float[] luma, int from, byte[] shades, int to, int count) {
        for (int i = 0; i < count; i++) {
            shades[to + i] = (byte) toByte(luma[from + i]);
        }
    }

    private static int toByte(float sample) {
        return clamp((int) (sample + 128.5f));
    }

    /**
     * Computes Y - 128 of a row of RGB pixels.
     *
     * @param luma receives the samples
     * @param to the index of the first one
     */
    static void luma(int[] rgb, float[] luma, int to) {
        for (int i = 0; i < rgb.length; i++) {
            int pixel = rgb[i];
            int sum = 19_595 * ((pixel >> 16) & 0xff) + 38_470 * ((pixel >> 8) & 0xff) + 7_471 * (pixel & 0xff);
            luma[to + i] = sum * UNIT - 128;
        }
    }

    /**
     * Computes Cb - 128 and Cr - 128 of each square of two by two pixels.
     *
     * @param upper a row of RGB pixels, of even length
     * @param lower the row below it
     * @param blueness receives the samples of Cb
     * @param redness receives the samples of Cr
     * @param to the index of the first one in both
     */
    static void chroma(int[] upper, int[] lower, float[] blueness, float[] redness, int to) {
        for (int i = 0; i < upper.length; i += 2) {
            // Red and blue are added side by side, with room between them for the carry.
            int redBlue = (upper[i] & 0xff00ff)
                    + (upper[i + 1] & 0xff00ff)
                    + (lower[i] & 0xff00ff)
                    + (lower[i + 1] & 0xff00ff);
            int green = ((upper[i] >> 8) & 0xff)
                    + ((upper[i + 1] >> 8) & 0xff)
                    + ((lower[i] >> 8) & 0xff)
                    + ((lower[i + 1] >> 8) & 0xff);
            int red = redBlue >> 16;
            int blue = redBlue & 0xffff;
            blueness[to + i / 2] = (32_768 * blue - 11_059 * red - 21_709 * green) * (UNIT / 4);
            redness[to + i / 2] = (32_768 * red - 27_439 * green - 5_329 * blue) * (UNIT / 4);
        }
    }

    private static int clamp(int value) {
        // Not Math.clamp, because only min and max are compiled to vector instructions.
        return Math.max(0, Math.min(255, value));
    }
}
