package dev.printshop.photos.resizing.imaging;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The colour spaces that PNG files describe without a profile: by code points in the chunk cICP, or by a power and the
 * colours of the lights in the chunks gAMA and cHRM (PNG specification, third edition, 11.3.2).
 */
final class PngColours {

    /** The unit of the numbers in gAMA and cHRM. */
    private static final double UNIT = 100_000;

    private static final double[] D65 = {0.3127, 0.3290};
    private static final double[] SRGB_LIGHTS = {0.64, 0.33, 0.30, 0.60, 0.15, 0.06};

    /** XYZ of the reference white of profiles. */
    private static final double[] D50 = {0.9642, 1, 0.8249};

    /** The matrix from XYZ to cone responses (Bradford). */
    private static final Matrix3 RECEPTORS =
            new Matrix3(0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296);

    private PngColours() {}

    /**
     * Reads a cICP chunk (ITU-T H.273).
     *
     * @param components 1 or 3
     * @return empty for unknown spaces, and for those that require tone mapping, such as PQ and HLG
     */
    static Optional<Colours> ofCodePoints(ByteBuffer chunk, int components) {
        boolean rgbOfFullRange = chunk.get(2) == 0 && chunk.get(3) == 1;
        Optional<double[]> lights = lights(chunk.get(0));
        Optional<DoubleUnaryOperator> curve = curve(chunk.get(1));
        if (!rgbOfFullRange || lights.isEmpty() || curve.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(colours(curve.get(), lights.get(), components));
    }

    /** The chromaticities x and y of red, green, blue and white for a code point. */
    private static Optional<double[]> lights(int primaries) {
        double[] lights = switch (primaries) {
            case 1 -> withWhite(SRGB_LIGHTS, D65);
            case 4 -> withWhite(new double[] {0.67, 0.33, 0.21, 0.71, 0.14, 0.08}, 0.310, 0.316);
            case 5 -> withWhite(new double[] {0.64, 0.33, 0.29, 0.60, 0.15, 0.06}, D65);
            case 6, 7 -> withWhite(new double[] {0.630, 0.340, 0.310, 0.595, 0.155, 0.070}, D65);
            case 8 -> withWhite(new double[] {0.681, 0.319, 0.243, 0.692, 0.145, 0.049}, 0.310, 0.316);
            case 9 -> withWhite(new double[] {0.708, 0.292, 0.170, 0.797, 0.131, 0.046}, D65);
            case 11 -> withWhite(new double[] {0.680, 0.320, 0.265, 0.690, 0.150, 0.060}, 0.314, 0.351);
            case 12 -> withWhite(new double[] {0.680, 0.320, 0.265, 0.690, 0.150, 0.060}, D65);
            case 22 -> withWhite(new double[] {0.630, 0.340, 0.295, 0.605, 0.155, 0.077}, D65);
            default -> new double[0];
        };
        return Optional.of(lights).filter(known -> known.length > 0);
    }

    /** The transfer function for a code point: from a value to its light. */
    private static Optional<DoubleUnaryOperator> curve(int transfer) {
        return switch (transfer) {
            case 1, 6, 14, 15 ->
                Optional.of(value -> value < 0.081 ? value / 4.5 : Math.pow((value + 0.099) / 1.099, 1 / 0.45));
            case 4 -> Optional.of(value -> Math.pow(value, 2.2));
            case 5 -> Optional.of(value -> Math.pow(value, 2.8));
            case 7 -> Optional.of(value -> value < 0.0913 ? value / 4 : Math.pow((value + 0.1115) / 1.1115, 1 / 0.45));
            case 8 -> Optional.of(DoubleUnaryOperator.identity());
            case 13 -> Optional.of(PngColours::srgbCurve);
            case 17 -> Optional.of(value -> Math.pow(value, 2.6) * 52.37 / 48);
            default -> Optional.empty();
        };
    }

    /**
     * Reads gAMA and cHRM chunks.
     *
     * @param gamma the first one; without it, the transfer function of sRGB applies
     * @param chromaticities the first one; without it, the primaries of sRGB apply
     * @param components 1 or 3
     * @return empty when both are missing, or when they are invalid
     */
    static Optional<Colours> ofGamma(Optional<ByteBuffer> gamma, Optional<ByteBuffer> chromaticities, int components) {
        double power = gamma.map(chunk -> Integer.toUnsignedLong(chunk.getInt(0)) / UNIT)
                .filter(possible -> possible > 0)
                .orElse(0.0);
        double[] lights = chromaticities.map(PngColours::chromaticities).orElse(withWhite(SRGB_LIGHTS, D65));
        boolean known = toXyz(lights).isReasonable();
        if (power == 0 && (chromaticities.isEmpty() || !known)) {
            return Optional.empty();
        }
        // Files in sRGB often contain the gamma that is nearest to it.
        boolean srgbCurve = power == 0 || Math.abs(power * 2.2 - 1) < 0.02;
        DoubleUnaryOperator curve = srgbCurve ? PngColours::srgbCurve : value -> Math.pow(value, 1 / power);
        return Optional.of(colours(curve, known ? lights : withWhite(SRGB_LIGHTS, D65), components));
    }

    private static double[] chromaticities(ByteBuffer chunk) {
        double[] white = {chunk.getInt(0) / UNIT, chunk.getInt(4) / UNIT};
        double[] lights = new double[6];
        Arrays.setAll(lights, i -> chunk.getInt(8 + 4 * i) / UNIT);
        return withWhite(lights, white);
    }

    private static double[] withWhite(double[] lights, double... white) {
        double[] all = Arrays.copyOf(lights, 8);
        System.arraycopy(white, 0, all, 6, 2);
        return all;
    }

    private static double srgbCurve(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static Colours colours(DoubleUnaryOperator curve, double[] lights, int components) {
        ShapedColours colours = components == 1
                ? ShapedColours.grey(curve)
                : ShapedColours.rgb(new DoubleUnaryOperator[] {curve, curve, curve}, toXyz(lights));
        return colours.orSrgb();
    }

    /** The XYZ colours of the primaries, in columns, adapted to the white point D50. */
    private static Matrix3 toXyz(double[] lights) {
        Matrix3 colours =
                Matrix3.ofColumns(xyz(lights[0], lights[1]), xyz(lights[2], lights[3]), xyz(lights[4], lights[5]));
        double[] white = xyz(lights[6], lights[7]);
        Matrix3 scaled = colours.times(Matrix3.diagonal(colours.inverse().times(white)));
        double[] from = RECEPTORS.times(white);
        double[] to = RECEPTORS.times(D50);
        Matrix3 adaptation = Matrix3.diagonal(new double[] {to[0] / from[0], to[1] / from[1], to[2] / from[2]});
        return RECEPTORS.inverse().times(adaptation).times(RECEPTORS).times(scaled);
    }

    /** The colour of the given chromaticity whose luminance is one. */
    private static double[] xyz(double x, double y) {
        return new double[] {x / y, 1, (1 - x - y) / y};
    }
}
