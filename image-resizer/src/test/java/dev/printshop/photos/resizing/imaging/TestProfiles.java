package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes colour profiles (ICC.1:2022). */
final class TestProfiles {

    private TestProfiles() {}

    /** Display P3, with a parametric curve. */
    static byte[] displayP3() {
        byte[] curve = parametricCurve(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
        return rgb(
                curve, new double[] {0.51512, 0.2412, -0.00105, 0.29198, 0.69225, 0.04189, 0.1571, 0.06657, 0.78407});
    }

    /** Adobe RGB (1998), with a power as its curve. */
    static byte[] adobeRgb() {
        byte[] curve = ByteBuffer.allocate(14)
                .put(bytes("curv"))
                .putInt(0)
                .putInt(1)
                .putShort((short) 563)
                .array();
        return rgb(
                curve, new double[] {0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457});
    }

    /** The primaries of sRGB with a linear transfer function. */
    static byte[] linearRgb() {
        byte[] curve =
                ByteBuffer.allocate(12).put(bytes("curv")).putInt(0).putInt(0).array();
        return rgb(
                curve, new double[] {0.43607, 0.22249, 0.01392, 0.38515, 0.71687, 0.09708, 0.14307, 0.06061, 0.7141});
    }

    /** Grey with a curve of samples, whose light is the square of the number. */
    static byte[] squareGrey() {
        ByteBuffer curve =
                ByteBuffer.allocate(12 + 2 * 256).put(bytes("curv")).putInt(0).putInt(256);
        for (int i = 0; i < 256; i++) {
            curve.putShort((short) Math.round(65_535.0 * i * i / (255 * 255)));
        }
        return profile("mntr", "GRAY", "XYZ ", Map.of("kTRC", curve.array()));
    }

    /** RGB by a table only, whose channels are in the order green, blue, red: from a file of another program. */
    static byte[] tableOfGreenBlueRed() {
        return profileOf(TestPictures.resource("colours/jpeg-lut-only-profile.jpg"));
    }

    /** CMYK by a table, in which magenta is green: likewise. */
    static byte[] cmykWithGreenMagenta() {
        return profileOf(TestPictures.resource("cmyk-profile.jpg"));
    }

    /** The same profile with one more tag. */
    static byte[] with(String tag, byte[] content, byte[] profile) {
        ByteBuffer from = ByteBuffer.wrap(profile);
        Map<String, byte[]> tags = new HashMap<>(Map.of(tag, content));
        for (int i = 0; i < from.getInt(128); i++) {
            byte[] value = new byte[from.getInt(140 + 12 * i)];
            from.get(from.getInt(136 + 12 * i), value);
            tags.put(new String(profile, 132 + 12 * i, 4, ISO_8859_1), value);
        }
        return profile(
                new String(profile, 12, 4, ISO_8859_1),
                new String(profile, 16, 4, ISO_8859_1),
                new String(profile, 20, 4, ISO_8859_1),
                tags);
    }

    /** The content of a D2B tag: the given number of identical steps. It is an identity transformation. */
    static byte[] steps(int count) {
        int start = 16 + 8 * count;
        ByteBuffer chain = ByteBuffer.allocate(start + 60)
                .put(bytes("mpet"))
                .putInt(0)
                .putShort((short) 3)
                .putShort((short) 3)
                .putInt(count);
        for (int i = 0; i < count; i++) {
            chain.putInt(start).putInt(60);
        }
        chain.put(bytes("matf")).putInt(0).putShort((short) 3).putShort((short) 3);
        for (int i = 0; i < 9; i++) {
            chain.putFloat(i % 4 == 0 ? 1 : 0);
        }
        return chain.array();
    }

    private static byte[] profileOf(byte[] jpeg) {
        int start = new String(jpeg, ISO_8859_1).indexOf("ICC_PROFILE") + 14;
        byte[] profile = new byte[ByteBuffer.wrap(jpeg).getInt(start)];
        System.arraycopy(jpeg, start, profile, 0, profile.length);
        return profile;
    }

    private static byte[] rgb(byte[] curve, double[] lights) {
        return profile(
                "mntr",
                "RGB ",
                "XYZ ",
                Map.of(
                        "rTRC",
                        curve,
                        "gTRC",
                        curve,
                        "bTRC",
                        curve,
                        "rXYZ",
                        xyz(lights, 0),
                        "gXYZ",
                        xyz(lights, 3),
                        "bXYZ",
                        xyz(lights, 6)));
    }

    private static byte[] parametricCurve(int kind, double... numbers) {
        ByteBuffer curve =
                ByteBuffer.allocate(12 + 4 * numbers.length).put(bytes("para")).putInt(0);
        curve.putShort((short) kind).putShort((short) 0);
        for (double number : numbers) {
            curve.putInt(fixed(number));
        }
        return curve.array();
    }

    private static byte[] xyz(double[] lights, int from) {
        ByteBuffer colour = ByteBuffer.allocate(20).put(bytes("XYZ ")).putInt(0);
        for (int i = from; i < from + 3; i++) {
            colour.putInt(fixed(lights[i]));
        }
        return colour.array();
    }

    static byte[] profile(String deviceClass, String space, String connection, Map<String, byte[]> tags) {
        int start = 128 + 4 + 12 * tags.size();
        ByteBuffer table = ByteBuffer.allocate(4 + 12 * tags.size()).putInt(tags.size());
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        new TreeMap<>(tags).forEach((name, content) -> {
            table.put(bytes(name)).putInt(start + contents.size()).putInt(content.length);
            contents.writeBytes(content);
            contents.writeBytes(new byte[-content.length & 3]);
        });
        ByteBuffer profile = ByteBuffer.allocate(start + contents.size());
        profile.putInt(profile.capacity()).putInt(0).putInt(0x04400000);
        profile.put(bytes(deviceClass)).put(bytes(space)).put(bytes(connection));
        profile.position(36).put(bytes("acsp"));
        profile.position(68).putInt(fixed(0.9642)).putInt(fixed(1)).putInt(fixed(0.8249));
        return profile.position(128)
                .put(table.array())
                .put(contents.toByteArray())
                .array();
    }

    private static int fixed(double number) {
        return (int) Math.round(number * 65_536);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
