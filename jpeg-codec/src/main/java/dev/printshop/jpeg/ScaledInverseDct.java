package dev.printshop.jpeg;

/**
 * Transforms the coefficients of a JPEG block to fewer than eight by eight pixels: n coefficients of the lowest
 * frequencies give n pixels, which are approximately the averages of the pixels from all eight coefficients.
 *
 * <p>With F(u) as in ITU-T T.81, A.3.3, n pixels are f(x) = 1/2 sum over u below n of C(u) F(u) cos((2x + 1) u pi /
 * 2n), first for the columns, then for the rows. The constant factors are omitted here and multiplied into the
 * quantisation table, once for all blocks, by {@link #factor}. For eight pixels the sum is factored as by Arai, Agui
 * and Nakajima (Transactions of the IEICE E71, 1988).
 */
final class ScaledInverseDct {

    private static final float SQRT_2 = (float) Math.sqrt(2);
    private static final float COS_1_8 = (float) Math.cos(Math.PI / 8);
    private static final float SIN_1_8 = (float) Math.sin(Math.PI / 8);

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

    /** The number of used coefficients, which is also the number of pixels. */
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
     * @param samples receives the pixels, -128 to 127, or slightly beyond because of rounding in the file
     * @param start the index of the first of them
     * @param stride from one row of them to the next
     */
    void transform(float[] block, float[] samples, int start, int stride) {
        transformLines(height, width, block, 1, width, block, 0, 1, width);
        transformLines(width, height, block, width, 1, samples, start, stride, 1);
    }

    /**
     * Transforms some lines of n coefficients each. The parameters are the distances between lines and between the
     * elements of a line in both arrays.
     */
    private static void transformLines(
            int n, int lines, float[] from, int fromLine, int fromStep, float[] to, int start, int toLine, int toStep) {
        for (int line = 0; line < lines; line++) {
            int source = line * fromLine;
            int target = start + line * toLine;
            switch (n) {
                case 1 -> to[target] = from[source];
                case 2 -> two(from, source, fromStep, to, target, toStep);
                case 4 -> four(from, source, fromStep, to, target, toStep);
                default -> eight(from, source, fromStep, to, target, toStep);
            }
        }
    }

    private static void two(float[] from, int source, int fromStep, float[] to, int target, int toStep) {
        float even = from[source];
        float odd = from[source + fromStep];
        to[target] = even + odd;
        to[target + toStep] = even - odd;
    }

    private static void four(float[] from, int source, int fromStep, float[] to, int target, int toStep) {
        float f0 = from[source];
        float f1 = from[source + fromStep];
        float f2 = from[source + 2 * fromStep];
        float f3 = from[source + 3 * fromStep];
        float outer = f0 + f2;
        float inner = f0 - f2;
        float outerOdd = f1 * COS_1_8 + f3 * SIN_1_8;
        float innerOdd = f1 * SIN_1_8 - f3 * COS_1_8;
        to[target] = outer + outerOdd;
        to[target + toStep] = inner + innerOdd;
        to[target + 2 * toStep] = inner - innerOdd;
        to[target + 3 * toStep] = outer - outerOdd;
    }

    private static void eight(float[] from, int source, int fromStep, float[] to, int target, int toStep) {
        float f0 = from[source];
        float f1 = from[source + fromStep];
        float f2 = from[source + 2 * fromStep];
        float f3 = from[source + 3 * fromStep];
        float f4 = from[source + 4 * fromStep];
        float f5 = from[source + 5 * fromStep];
        float f6 = from[source + 6 * fromStep];
        float f7 = from[source + 7 * fromStep];
        float sum04 = f0 + f4;
        float difference04 = f0 - f4;
        float sum26 = f2 + f6;
        float difference26 = (f2 - f6) * SQRT_2 - sum26;
        float even0 = sum04 + sum26;
        float even1 = difference04 + difference26;
        float even2 = difference04 - difference26;
        float even3 = sum04 - sum26;

        float sum53 = f5 + f3;
        float difference53 = f5 - f3;
        float sum17 = f1 + f7;
        float difference17 = f1 - f7;
        float odd0 = sum17 + sum53;
        float rotation = (difference53 + difference17) * (2 * COS_1_8);
        float odd1 = rotation - difference53 * (2 * (COS_1_8 + SIN_1_8)) - odd0;
        float odd2 = (sum17 - sum53) * SQRT_2 - odd1;
        float odd3 = rotation - difference17 * (2 * (COS_1_8 - SIN_1_8)) - odd2;

        to[target] = even0 + odd0;
        to[target + toStep] = even1 + odd1;
        to[target + 2 * toStep] = even2 + odd2;
        to[target + 3 * toStep] = even3 + odd3;
        to[target + 4 * toStep] = even3 - odd3;
        to[target + 5 * toStep] = even2 - odd2;
        to[target + 6 * toStep] = even1 - odd1;
        to[target + 7 * toStep] = even0 - odd0;
    }
}
