package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Reads embedded colour profiles (ICC.1:2022). A broken profile counts as absent. */
final class IccProfile {

    private static final int HEADER_BYTES = 128;

    /** As many as the colour management of the JDK takes. */
    private static final int MAX_TAGS = 100;

    private static final List<String> CLASSES_OF_DEVICES = List.of("mntr", "scnr", "prtr", "spac");
    private static final Map<String, Integer> COMPONENTS = Map.of("GRAY", 1, "RGB ", 3, "CMYK", 4);

    /** Tables from the device to the profile connection space. Where there is one, it counts instead of the curves. */
    private static final List<String> TABLES = List.of("A2B0", "A2B1", "A2B2", "D2B0", "D2B1", "D2B2", "D2B3");

    private final ByteBuffer profile;
    private final Map<String, ByteBuffer> tags = new HashMap<>();

    private IccProfile(ByteBuffer profile) {
        this.profile = profile;
    }

    /**
     * Reads a profile.
     *
     * @return empty when it is broken, or describes no grey, RGB or CMYK
     */
    static Optional<Colours> read(byte[] profile) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(profile);
            int length = buffer.getInt(0); // a file may have some bytes more
            return new IccProfile(buffer.slice(0, length)).colours();
        } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private Optional<Colours> colours() {
        require(text(profile, 36).equals("acsp"), "No profile");
        require(CLASSES_OF_DEVICES.contains(text(profile, 12)), "No profile of a device");
        int components = COMPONENTS.getOrDefault(text(profile, 16), 0);
        require(components > 0, "Neither grey nor RGB nor CMYK");
        readTags();
        boolean shaped = text(profile, 20).equals("XYZ ") && TABLES.stream().noneMatch(tags::containsKey);
        if (shaped && components == 3) {
            DoubleUnaryOperator[] curves = {curve(tag("rTRC")), curve(tag("gTRC")), curve(tag("bTRC"))};
            Matrix3 lights = Matrix3.ofColumns(xyz(tag("rXYZ")), xyz(tag("gXYZ")), xyz(tag("bXYZ")));
            require(lights.isReasonable(), "Impossible colours");
            return Optional.of(ShapedColours.rgb(curves, lights).orSrgb());
        }
        if (shaped && components == 1) {
            return Optional.of(ShapedColours.grey(curve(tag("kTRC"))).orSrgb());
        }
        byte[] bytes = new byte[profile.capacity()];
        profile.get(0, bytes);
        return TabulatedColours.of(bytes, components).map(colours -> colours);
    }

    private void readTags() {
        int count = profile.getInt(HEADER_BYTES);
        require(count > 0 && count <= MAX_TAGS, "Number of tags");
        for (int i = 0; i < count; i++) {
            int entry = HEADER_BYTES + 4 + 12 * i;
            tags.put(text(profile, entry), profile.slice(profile.getInt(entry + 4), profile.getInt(entry + 8)));
        }
    }

    private ByteBuffer tag(String name) {
        return Optional.ofNullable(tags.get(name)).orElseThrow(() -> new IllegalArgumentException("A tag is missing"));
    }

    private static double[] xyz(ByteBuffer content) {
        require(text(content, 0).equals("XYZ "), "No colour");
        return new double[] {fixed(content, 8), fixed(content, 12), fixed(content, 16)};
    }

    /** From a value to the light that it stands for, both from 0 to 1. */
    private static DoubleUnaryOperator curve(ByteBuffer content) {
        return switch (text(content, 0)) {
            case "curv" -> sampledCurve(content);
            case "para" -> parametricCurve(content);
            default -> throw new IllegalArgumentException("Unknown kind of curve");
        };
    }

    private static DoubleUnaryOperator sampledCurve(ByteBuffer content) {
        int count = content.getInt(8);
        if (count == 0) {
            return DoubleUnaryOperator.identity();
        }
        if (count == 1) {
            double gamma = Short.toUnsignedInt(content.getShort(12)) / 256.0;
            return value -> Math.pow(value, gamma);
        }
        require(count > 0 && count <= (content.capacity() - 12) / 2, "Curve is cut off");
        return value -> {
            double position = value * (count - 1);
            int below = Math.min((int) position, count - 2);
            double first = Short.toUnsignedInt(content.getShort(12 + 2 * below)) / 65_535.0;
            double second = Short.toUnsignedInt(content.getShort(14 + 2 * below)) / 65_535.0;
            return first + (second - first) * (position - below);
        };
    }

    /** A power, with a straight line for small values in all kinds but the first (ICC.1, 10.18). */
    private static DoubleUnaryOperator parametricCurve(ByteBuffer content) {
        int kind = content.getShort(8);
        double[] p = new double[7];
        int[] counts = {1, 3, 4, 5, 7};
        require(kind >= 0 && kind < counts.length, "Unknown kind of curve");
        Arrays.setAll(p, i -> i < counts[kind] ? fixed(content, 12 + 4 * i) : 0);
        double gamma = p[0];
        double a = kind == 0 ? 1 : p[1];
        double b = p[2];
        // Kinds 1 and 2 are constant below the value at which the base of the power is zero.
        double limit = kind < 3 ? (kind == 0 ? 0 : -b / a) : p[4];
        double slope = p[3];
        double abovePower = kind == 2 ? p[3] : kind == 4 ? p[5] : 0;
        double below = kind == 2 ? p[3] : kind == 4 ? p[6] : 0;
        double lowSlope = kind < 3 ? 0 : slope;
        return value ->
                value >= limit ? Math.pow(Math.max(0, a * value + b), gamma) + abovePower : lowSlope * value + below;
    }

    private static double fixed(ByteBuffer content, int index) {
        return content.getInt(index) / 65_536.0;
    }

    private static String text(ByteBuffer content, int index) {
        byte[] characters = new byte[4];
        content.get(index, characters);
        return new String(characters, ISO_8859_1);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
