package dev.printshop.photos.resizing.imaging;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A colour space that is defined by transfer functions and by the colours of the three primaries, as are all spaces of
 * cameras, phones and screens.
 *
 * <p>Computed in whole numbers from tables: the colour management of the JDK approximates dark colours coarsely when
 * it converts grey, or more than eight bits.
 */
final class ShapedColours implements Colours {

    /** From XYZ relative to D50 to linear sRGB: the inverse of the colours of sRGB's primaries (IEC 61966-2-1). */
    private static final Matrix3 XYZ_TO_LINEAR_SRGB = new Matrix3(
                    0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733)
            .inverse();

    private static final int INPUT_BITS = 12;
    private static final int INPUT_SHIFT = 16 - INPUT_BITS;
    private static final int INPUT_MAXIMUM = (1 << INPUT_BITS) - 1;

    /** Full light, and the unit of the matrix's elements. */
    private static final int UNIT_SHIFT = 14;

    private static final int UNIT = 1 << UNIT_SHIFT;

    /** The number in sRGB, 0 to 255, for light from 0 to {@link #UNIT}. */
    private static final byte[] ENCODED = encoded();

    /** For each component the light for its upper bits, from 0 to {@link #UNIT}. */
    private final int[][] light;

    /** From light of the components to light of sRGB, row by row, in {@link #UNIT}; empty for grey. */
    private final long[] matrix;

    private ShapedColours(int[][] light, long[] matrix) {
        this.light = light;
        this.matrix = matrix;
    }

    /**
     * Describes a space of three components.
     *
     * @param curves for each component, from its value to its light; both from 0 to 1
     * @param lights in the columns, the XYZ colours of the three primaries, relative to D50
     */
    static ShapedColours rgb(DoubleUnaryOperator[] curves, Matrix3 lights) {
        int[][] light = Arrays.stream(curves).map(ShapedColours::tabulate).toArray(int[][]::new);
        long[] matrix = Arrays.stream(XYZ_TO_LINEAR_SRGB.times(lights).elements())
                .mapToLong(element -> Math.round(element * UNIT))
                .toArray();
        return new ShapedColours(light, matrix);
    }

    /**
     * Describes a grey.
     *
     * @param curve from the value to its light; both from 0 to 1
     */
    static ShapedColours grey(DoubleUnaryOperator curve) {
        return new ShapedColours(new int[][] {tabulate(curve)}, new long[0]);
    }

    private static int[] tabulate(DoubleUnaryOperator curve) {
        int[] table = new int[INPUT_MAXIMUM + 1];
        for (int i = 0; i < table.length; i++) {
            double light = curve.applyAsDouble((double) i / INPUT_MAXIMUM);
            table[i] = (int) Math.round(Math.clamp(light, 0.0, 1.0) * UNIT);
        }
        return table;
    }

    private static byte[] encoded() {
        byte[] table = new byte[UNIT + 1];
        for (int i = 0; i <= UNIT; i++) {
            double light = (double) i / UNIT;
            double value = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            table[i] = (byte) Math.round(255 * value);
        }
        return table;
    }

    @Override
    public int components() {
        return light.length;
    }

    /** The default colour space if this is the same with eight bits, so that no conversion is needed. */
    Colours orSrgb() {
        Colours srgb = components() == 1 ? DefaultColours.GREY : DefaultColours.SRGB;
        return isLike(srgb) ? srgb : this;
    }

    private boolean isLike(Colours other) {
        int steps = 16;
        int colours = components() == 1 ? steps : steps * steps * steps;
        char[] values = new char[colours * components()];
        for (int i = 0; i < colours; i++) {
            for (int c = 0, rest = i; c < components(); c++, rest /= steps) {
                values[i * components() + c] = (char) (rest % steps * 65_535 / (steps - 1));
            }
        }
        int[] converted = new int[colours];
        int[] expected = new int[colours];
        toSrgb(values, converted);
        other.toSrgb(values, expected);
        for (int i = 0; i < colours; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                if (Math.abs((converted[i] >> shift & 0xff) - (expected[i] >> shift & 0xff)) > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void toSrgb(char[] from, int[] pixels) {
        if (components() == 1) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (ENCODED[light[0][from[i] >> INPUT_SHIFT]] & 0xff) * 0x10101;
            }
            return;
        }
        for (int i = 0; i < pixels.length; i++) {
            long first = light[0][from[3 * i] >> INPUT_SHIFT];
            long second = light[1][from[3 * i + 1] >> INPUT_SHIFT];
            long third = light[2][from[3 * i + 2] >> INPUT_SHIFT];
            pixels[i] = encode(matrix[0] * first + matrix[1] * second + matrix[2] * third) << 16
                    | encode(matrix[3] * first + matrix[4] * second + matrix[5] * third) << 8
                    | encode(matrix[6] * first + matrix[7] * second + matrix[8] * third);
        }
    }

    /** The pixel in sRGB, as 0xRRGGBB, for an XYZ colour relative to D50. */
    static int xyzToSrgb(double... xyz) {
        int pixel = 0;
        for (double light : XYZ_TO_LINEAR_SRGB.times(xyz)) {
            pixel = pixel << 8 | encode(Math.round(light * UNIT * UNIT));
        }
        return pixel;
    }

    private static int encode(long light) {
        return ENCODED[Math.clamp((light + UNIT / 2) >> UNIT_SHIFT, 0, UNIT)] & 0xff;
    }
}
