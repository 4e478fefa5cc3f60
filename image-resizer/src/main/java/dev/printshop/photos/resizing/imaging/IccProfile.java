package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** Reads embedded colour profiles (ICC.1:2022). A damaged profile counts as absent. */
final class IccProfile {

    private static final int HEADER_BYTES = 128;

    /** Of the list of tags: name, start and length. */
    private static final int ENTRY_BYTES = 12;

    /** The limit of the JDK's colour management. */
    private static final int MAX_TAGS = 100;

    private static final List<String> CLASSES_OF_DEVICES = List.of("mntr", "scnr", "prtr", "spac");
    private static final Map<String, Integer> COMPONENTS = Map.of("GRAY", 1, "RGB ", 3, "CMYK", 4);

    /** Tables from the device to the profile connection space. If there is one, it is used instead of the curves. */
    private static final List<String> TABLES = List.of("A2B0", "A2B1", "A2B2");

    /**
     * The tags that are passed to the JDK. The others include D2B0 to D2B3, which chain steps of any kind: a profile of
     * some kilobytes may have a hundred thousand steps and take minutes. Few profiles have them, and those have tables
     * or curves, too.
     */
    private static final Set<String> NEEDED =
            Set.of("A2B0", "A2B1", "A2B2", "kTRC", "rTRC", "gTRC", "bTRC", "rXYZ", "gXYZ", "bXYZ", "wtpt", "chad");

    private final ByteBuffer profile;
    private final Map<String, ByteBuffer> tags = new HashMap<>();

    private IccProfile(ByteBuffer profile) {
        this.profile = profile;
    }

    /**
     * Reads a profile.
     *
     * @return empty when it is damaged, or is not for grey, RGB or CMYK
     */
    static Optional<Colours> read(byte[] profile) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(profile);
            int length = buffer.getInt(0); // a file may have some bytes more
            return new IccProfile(buffer.slice(0, length)).colours();
        } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
            // The profile is damaged.
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
        return TabulatedColours.of(withNeededTags(), components).map(colours -> colours);
    }

    /** The profile with a shorter list of tags; the positions of all contents are unchanged. */
    private byte[] withNeededTags() {
        ByteBuffer copy = ByteBuffer.allocate(profile.capacity()).put(profile.duplicate());
        int kept = 0;
        for (int i = 0; i < profile.getInt(HEADER_BYTES); i++) {
            if (NEEDED.contains(text(profile, entry(i)))) {
                copy.put(entry(kept++), profile, entry(i), ENTRY_BYTES);
            }
        }
        return copy.putInt(HEADER_BYTES, kept).array();
    }

    private static int entry(int index) {
        return HEADER_BYTES + 4 + ENTRY_BYTES * index;
    }

    private void readTags() {
        int count = profile.getInt(HEADER_BYTES);
        require(count > 0 && count <= MAX_TAGS, "Number of tags");
        for (int i = 0; i < count; i++) {
            ByteBuffer content = profile.slice(profile.getInt(entry(i) + 4), profile.getInt(entry(i) + 8));
            require(tags.put(text(profile, entry(i)), content) == null, "A tag is there twice");
        }
    }

    private ByteBuffer tag(String name) {
        return Optional.ofNullable(tags.get(name)).orElseThrow(() -> new IllegalArgumentException("A tag is missing"));
    }

    private static double[] xyz(ByteBuffer content) {
        require(text(content, 0).equals("XYZ "), "No colour");
        return new double[] {fixed(content, 8), fixed(content, 12), fixed(content, 16)};
    }

    /** From a value to its light, both from 0 to 1. */
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
