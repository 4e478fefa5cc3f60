package dev.printshop.jpeg;

/**
 * Transforms eight by eight samples to the coefficients of ITU-T T.81, A.3.3, factored as by Arai, Agui and Nakajima
 * (Transactions of the IEICE E71, 1988). The constant factors are omitted and divided into the quantisation table, once
 * for all blocks, by {@link #factor}.
 */
final class ForwardDct {

    private static final float COS_1_4 = (float) Math.cos(Math.PI / 4);
    private static final float COS_1_8 = (float) Math.cos(Math.PI / 8);
    private static final float SIN_1_8 = (float) Math.sin(Math.PI / 8);

    private ForwardDct() {}

    /**
     * The remaining factor of the coefficient with the horizontal frequency u and the vertical frequency v.
     */
    static float factor(int u, int v) {
        return (float) (factorOf(u) * factorOf(v));
    }

    private static double factorOf(int u) {
        return u == 0 ? 1 / (2 * Math.sqrt(2)) : 1 / (4 * Math.cos(u * Math.PI / 16));
    }

    /**
     * Transforms a block.
     *
     * @param samples of the picture's plane, around zero
     * @param start the index of the block's first sample
     * @param stride from one row of samples to the next
     * @param block receives the coefficients, row by row
     */
    static void transform(float[] samples, int start, int stride, float[] block) {
        for (int y = 0; y < 8; y++) {
            transformLine(samples, start + y * stride, 1, block, 8 * y);
        }
        for (int x = 0; x < 8; x++) {
            transformLine(block, x, 8, block, x);
        }
    }

    private static void transformLine(float[] from, int start, int step, float[] to, int first) {
        float f0 = from[start];
        float f1 = from[start + step];
        float f2 = from[start + 2 * step];
        float f3 = from[start + 3 * step];
        float f4 = from[start + 4 * step];
        float f5 = from[start + 5 * step];
        float f6 = from[start + 6 * step];
        float f7 = from[start + 7 * step];
        float sum07 = f0 + f7;
        float sum16 = f1 + f6;
        float sum25 = f2 + f5;
        float sum34 = f3 + f4;
        float outerSum = sum07 + sum34;
        float outerDifference = sum07 - sum34;
        float innerSum = sum16 + sum25;
        float innerDifference = sum16 - sum25;
        float even = (innerDifference + outerDifference) * COS_1_4;
        to[first] = outerSum + innerSum;
        to[first + 4 * step] = outerSum - innerSum;
        to[first + 2 * step] = outerDifference + even;
        to[first + 6 * step] = outerDifference - even;

        float difference07 = f0 - f7;
        float difference16 = f1 - f6;
        float difference25 = f2 - f5;
        float difference34 = f3 - f4;
        float inner = difference34 + difference25;
        float middle = (difference25 + difference16) * COS_1_4;
        float outer = difference16 + difference07;
        float rotation = (inner - outer) * SIN_1_8;
        float odd2 = inner * (COS_1_8 - SIN_1_8) + rotation;
        float odd4 = outer * (COS_1_8 + SIN_1_8) + rotation;
        float upper = difference07 + middle;
        float lower = difference07 - middle;
        to[first + 5 * step] = lower + odd2;
        to[first + 3 * step] = lower - odd2;
        to[first + step] = upper + odd4;
        to[first + 7 * step] = upper - odd4;
    }
}
