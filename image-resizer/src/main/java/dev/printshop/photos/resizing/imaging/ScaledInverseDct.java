package dev.printshop.photos.resizing.imaging;

/**
 * Turns the coefficients of a JPEG block into fewer than eight by eight pixels: n coefficients of the lowest
 * frequencies give n pixels, which are very nearly the averages of the pixels that all eight would give.
 *
 * <p>With F(u) as in ITU-T T.81, A.3.3, n pixels are f(x) = 1/2 sum over u below n of C(u) F(u) cos((2x + 1) u pi /
 * 2n), first for the columns, then for the rows. The constant factors are left out here and multiplied into the
 * quantisation table, once for all blocks, by {@link #factor}. For eight pixels the sum is factored as by Arai, Agui
 * and Nakajima (Transactions of the IEICE E71, 1988).
 */
final class ScaledInverseDct {

    private static final float SQRT_2 = (float) Math.sqrt(2);
    private static final float COS_1_8 = (float) Math.cos(Math.PI / 8);
    private static final float SIN_1_8 = (float) Math.sin(Math.PI / 8);

    /** What has to be added to get from samples around zero to samples from 0 to 255, and to round. */
    private static final float LEVEL = 128.5f;

    private final int width;
    private final int height;

    /**
     * Creates a transform.
     *
     * @param width pixels for each block: 1, 2, 4 or 8
     * @param height likewise
     */
    ScaledInverseDct(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** The number of coefficients that count, and of pixels that they give. */
    int size() {
        return width * height;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The constant factor of the coefficient with the horizontal frequency u and the vertical frequency v. */
    float factor(int u, int v) {
        return (float) (factorOf(u, width) * factorOf(v, height));
    }

    private static double factorOf(int u, int n) {
        if (u == 0) {
            return 1 / (2 * Math.sqrt(2));
        }
        return switch (n) {
            case 2 -> 1 / (2 * Math.sqrt(2));
            case 4 -> u == 2 ? 1 / (2 * Math.sqrt(2)) : 0.5;
            default -> Math.cos(u * Math.PI / 16) / 2;
        };
    }

    /**
     * Transforms a block.
     *
     * @param block the coefficients times their factors, row by row, {@link #size()} of them; changed
     * @param samples where the pixels go, 0 to 255, and a little beyond where rounding in the file led there
     * @param start the index of the first of them
     * @param stride from one row of them to the next
     */
    void transform(float[] block, int[] samples, int start, int stride) {
        transformLines(block, height, width, 1, width);
        transformLines(block, width, height, width, 1);
        int next = 0;
        for (int y = 0; y < height; y++) {
            int row = start + y * stride;
            for (int x = 0; x < width; x++) {
                samples[row + x] = (int) (block[next++] + LEVEL);
            }
        }
    }

    /** Transforms some lines of n coefficients each, with the given distances from line to line and within a line. */
    private static void transformLines(float[] block, int n, int lines, int lineStep, int step) {
        for (int line = 0; line < lines; line++) {
            int start = line * lineStep;
            switch (n) {
                case 1 -> {} // the coefficient is the pixel
                case 2 -> two(block, start, step);
                case 4 -> four(block, start, step);
                default -> eight(block, start, step);
            }
        }
    }

    private static void two(float[] block, int start, int step) {
        float even = block[start];
        float odd = block[start + step];
        block[start] = even + odd;
        block[start + step] = even - odd;
    }

    private static void four(float[] block, int start, int step) {
        float f0 = block[start];
        float f1 = block[start + step];
        float f2 = block[start + 2 * step];
        float f3 = block[start + 3 * step];
        float outer = f0 + f2;
        float inner = f0 - f2;
        float outerOdd = f1 * COS_1_8 + f3 * SIN_1_8;
        float innerOdd = f1 * SIN_1_8 - f3 * COS_1_8;
        block[start] = outer + outerOdd;
        block[start + step] = inner + innerOdd;
        block[start + 2 * step] = inner - innerOdd;
        block[start + 3 * step] = outer - outerOdd;
    }

    private static void eight(float[] block, int start, int step) {
        float sum04 = block[start] + block[start + 4 * step];
        float difference04 = block[start] - block[start + 4 * step];
        float sum26 = block[start + 2 * step] + block[start + 6 * step];
        float difference26 = (block[start + 2 * step] - block[start + 6 * step]) * SQRT_2 - sum26;
        float even0 = sum04 + sum26;
        float even1 = difference04 + difference26;
        float even2 = difference04 - difference26;
        float even3 = sum04 - sum26;

        float sum53 = block[start + 5 * step] + block[start + 3 * step];
        float difference53 = block[start + 5 * step] - block[start + 3 * step];
        float sum17 = block[start + step] + block[start + 7 * step];
        float difference17 = block[start + step] - block[start + 7 * step];
        float odd0 = sum17 + sum53;
        float rotation = (difference53 + difference17) * (2 * COS_1_8);
        float odd1 = rotation - difference53 * (2 * (COS_1_8 + SIN_1_8)) - odd0;
        float odd2 = (sum17 - sum53) * SQRT_2 - odd1;
        float odd3 = rotation - difference17 * (2 * (COS_1_8 - SIN_1_8)) - odd2;

        block[start] = even0 + odd0;
        block[start + 7 * step] = even0 - odd0;
        block[start + step] = even1 + odd1;
        block[start + 6 * step] = even1 - odd1;
        block[start + 2 * step] = even2 + odd2;
        block[start + 5 * step] = even2 - odd2;
        block[start + 3 * step] = even3 + odd3;
        block[start + 4 * step] = even3 - odd3;
    }
}
