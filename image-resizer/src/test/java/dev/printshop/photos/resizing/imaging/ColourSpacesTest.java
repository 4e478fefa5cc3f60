package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.photos.resizing.imaging.TestFiles.SampleFormat;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the combinations of formats, kinds of pixels, profiles and sizes. All files have the same numbers in their
 * pixels; the expected colours are computed here, with floating point numbers and with other matrices than in the code.
 */
class ColourSpacesTest {

    private static final double TOLERANCE = 14;
    private static final int HALF = 128;

    private static final int[][] COLOURS = {{220, 30, 30}, {30, 160, 40}, {40, 50, 200}, {230, 220, 40}};
    private static final int[][] SHADES = {{40}, {90}, {160}, {230}};
    private static final int[][] INKS = {{0, 0, 0, 0}, {0, 255, 0, 0}, {255, 255, 0, 0}, {0, 0, 0, 255}};

    /** L*, a* and b*: grey, and reddish, greenish and bluish colours. */
    private static final int[][] LAB = {{128, 0, 0}, {128, 40, 20}, {180, -40 & 0xff, 30}, {100, 10, -40 & 0xff}};

    /**
     * A variant of 24 pixels is enough: JPEGs are decoded at a half from 48 pixels on, at a quarter from 96, at an
     * eighth from 192; other pictures are averaged from 49 pixels on, and more from 97 and 145 on.
     */
    private static final VariantLadder LADDER = VariantLadder.parse("large=24");

    private static final List<Integer> SIZES = List.of(24, 47, 48, 49, 95, 96, 97, 145, 192);
    private static final long MAX_PIXELS = 1_000_000;

    private final PhotoRenderer renderer = new PhotoRenderer(LADDER, MAX_PIXELS);

    /** Pictures of all kinds are read with fewer pixels from 49 pixels on, as they otherwise are from 256 MB on. */
    private static final List<Integer> SIZES_WITH_FEWER_PIXELS = List.of(49, 145);

    private final PhotoRenderer rendererWithFewerPixels = new PhotoRenderer(LADDER, new DecodingBudget(MAX_PIXELS, 1));

    /** Writes a file. */
    @FunctionalInterface
    interface Format {
        byte[] write(int[][] quarters, int width, int height, byte[] profile);
    }

    /**
     * A colour space.
     *
     * @param profile its profile
     * @param components of its pixels
     * @param toSrgb from components to red, green and blue, all from 0 to 255
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Space(String name, byte[] profile, int components, Function<int[], double[]> toSrgb) {}

    private static final List<Space> SPACES = List.of(
            new Space("no profile", new byte[0], 3, ColourSpacesTest::unchanged),
            new Space("no profile", new byte[0], 1, ColourSpacesTest::unchanged),
            new Space("no profile", new byte[0], 4, ColourSpacesTest::idealInks),
            new Space("Display P3", TestProfiles.displayP3(), 3, ColourSpacesTest::displayP3),
            new Space("Adobe RGB", TestProfiles.adobeRgb(), 3, ColourSpacesTest::adobeRgb),
            new Space("linear RGB", TestProfiles.linearRgb(), 3, ColourSpacesTest::linear),
            new Space("table only", TestProfiles.tableOfGreenBlueRed(), 3, colour ->
                    new double[] {colour[2], colour[0], colour[1]}),
            new Space("square grey", TestProfiles.squareGrey(), 1, ColourSpacesTest::squareGrey),
            new Space("strange inks", TestProfiles.cmykWithGreenMagenta(), 4, ColourSpacesTest::strangeInks),
            new Space("grey, which does not fit", TestProfiles.squareGrey(), 3, ColourSpacesTest::unchanged),
            new Space("RGB, which does not fit", TestProfiles.displayP3(), 1, ColourSpacesTest::unchanged),
            new Space("RGB, which does not fit", TestProfiles.displayP3(), 4, ColourSpacesTest::idealInks),
            new Space("broken: cut off", cutOff(TestProfiles.displayP3()), 3, ColourSpacesTest::unchanged),
            new Space("broken: no tags", noTags(TestProfiles.displayP3()), 3, ColourSpacesTest::unchanged),
            new Space("broken: zeros", new byte[500], 3, ColourSpacesTest::unchanged),
            new Space("broken: cut off", cutOff(TestProfiles.squareGrey()), 1, ColourSpacesTest::unchanged),
            new Space("broken: cut off", cutOff(TestProfiles.cmykWithGreenMagenta()), 4, ColourSpacesTest::idealInks));

    private static byte[] cutOff(byte[] profile) {
        return Arrays.copyOf(profile, profile.length * 2 / 3);
    }

    private static byte[] noTags(byte[] profile) {
        return ByteBuffer.wrap(profile.clone()).putInt(128, 0).array();
    }

    // -- The formats

    private static Map<String, Format> formats(int components) {
        Map<String, Format> formats = new LinkedHashMap<>();
        switch (components) {
            case 1 -> {
                formats.put("JPEG", (q, w, h, profile) -> TestFiles.jpeg(q, w, h, false, profile));
                formats.put("JPEG, progressive", (q, w, h, profile) -> TestFiles.jpeg(q, w, h, true, profile));
                formats.put("PNG, 8 bits", png(0, 8));
                formats.put("PNG, 16 bits", png(0, 16));
                formats.put("TIFF, 8 bits", tiff(1, SampleFormat.UNSIGNED, 8));
                formats.put("TIFF, 16 bits", tiff(1, SampleFormat.UNSIGNED, 16));
                formats.put("TIFF, 24 bits", tiff(1, SampleFormat.UNSIGNED, 24));
                formats.put("TIFF, 32 bits", tiff(1, SampleFormat.UNSIGNED, 32));
                formats.put("TIFF, signed 8 bits", tiff(1, SampleFormat.SIGNED, 8));
                formats.put("TIFF, signed 16 bits", tiff(1, SampleFormat.SIGNED, 16));
                formats.put("TIFF, signed 32 bits", tiff(1, SampleFormat.SIGNED, 32));
                formats.put("TIFF, float", tiff(1, SampleFormat.FLOAT, 32));
                formats.put("TIFF, half float", tiff(1, SampleFormat.FLOAT, 16));
                for (int bits : List.of(8, 16, 24, 32)) {
                    formats.put("TIFF, white is 0, " + bits + " bits", whiteIsZero(SampleFormat.UNSIGNED, bits));
                }
                formats.put("TIFF, white is 0, float", whiteIsZero(SampleFormat.FLOAT, 32));
                formats.put("TIFF, white is 0, signed", whiteIsZero(SampleFormat.SIGNED, 16));
                formats.put("TIFF, and one channel", further(tiff(1, SampleFormat.UNSIGNED, 8, 0), 77));
                formats.put("TIFF, and two channels", further(tiff(1, SampleFormat.UNSIGNED, 16, 0, 0), 77, 99));
            }
            case 3 -> {
                formats.put("JPEG", (q, w, h, profile) -> TestFiles.jpeg(q, w, h, false, profile));
                formats.put("JPEG, progressive", (q, w, h, profile) -> TestFiles.jpeg(q, w, h, true, profile));
                formats.put("PNG, 8 bits", png(2, 8));
                formats.put("PNG, 16 bits", png(2, 16));
                formats.put("PNG, palette", png(3, 8));
                formats.put("PNG, palette of 4 bits", png(3, 4));
                formats.put("PNG, palette of 2 bits", png(3, 2));
                formats.put("TIFF, 8 bits", tiff(2, SampleFormat.UNSIGNED, 8));
                formats.put("TIFF, 16 bits", tiff(2, SampleFormat.UNSIGNED, 16));
                formats.put("TIFF, 32 bits", tiff(2, SampleFormat.UNSIGNED, 32));
                formats.put("TIFF, float", tiff(2, SampleFormat.FLOAT, 32));
                formats.put("TIFF, palette", tiff(3, SampleFormat.UNSIGNED, 8));
                formats.put("TIFF, and one channel", further(tiff(2, SampleFormat.UNSIGNED, 8, 0), 77));
                formats.put("TIFF, and two channels", further(tiff(2, SampleFormat.UNSIGNED, 16, 0, 0), 77, 99));
                formats.put(
                        "TIFF, JPEG inside",
                        (q, w, h, profile) ->
                                TestFiles.tiffWithJpeg(TestFiles.jpeg(q, w, h, false, new byte[0]), w, h, profile));
                formats.put("BMP", TestFiles::bmp);
            }
            default -> {
                formats.put("JPEG", (q, w, h, profile) -> TestFiles.jpeg(q, w, h, false, profile));
                formats.put("JPEG, progressive", (q, w, h, profile) -> TestFiles.jpeg(q, w, h, true, profile));
                formats.put("TIFF, 8 bits", tiff(5, SampleFormat.UNSIGNED, 8));
                formats.put("TIFF, 16 bits", tiff(5, SampleFormat.UNSIGNED, 16));
                formats.put("TIFF, and one channel", further(tiff(5, SampleFormat.UNSIGNED, 8, 0), 77));
            }
        }
        return formats;
    }

    /** Formats with opacity, which is one half everywhere. */
    private static Map<String, Format> formatsWithOpacity(int components) {
        Map<String, Format> formats = new LinkedHashMap<>();
        int photometric = components == 1 ? 1 : components == 3 ? 2 : 5;
        if (components != 4) {
            int colourType = components == 1 ? 4 : 6;
            formats.put("PNG, 8 bits", further(png(colourType, 8), HALF));
            formats.put("PNG, 16 bits", further(png(colourType, 16), HALF));
            formats.put("TIFF, float", further(tiff(photometric, SampleFormat.FLOAT, 32, 2), HALF));
            formats.put("TIFF, 32 bits", further(tiff(photometric, SampleFormat.UNSIGNED, 32, 2), HALF));
            formats.put("TIFF, premultiplied float", premultiplied(tiff(photometric, SampleFormat.FLOAT, 32, 1)));
        }
        for (int bits : List.of(8, 16)) {
            formats.put("TIFF, " + bits + " bits", further(tiff(photometric, SampleFormat.UNSIGNED, bits, 2), HALF));
            formats.put(
                    "TIFF, premultiplied, " + bits + " bits",
                    premultiplied(tiff(photometric, SampleFormat.UNSIGNED, bits, 1)));
            formats.put(
                    "TIFF, after another channel, " + bits + " bits",
                    further(tiff(photometric, SampleFormat.UNSIGNED, bits, 0, 2), 77, HALF));
        }
        if (components == 1) {
            Format whiteIsZero = (q, w, h, profile) -> TestFiles.tiff(
                    0, SampleFormat.UNSIGNED, 8, new int[] {2}, ByteOrder.LITTLE_ENDIAN, q, w, h, profile);
            formats.put(
                    "TIFF, white is 0",
                    (q, w, h, profile) -> further(whiteIsZero, HALF).write(inverted(q), w, h, profile));
        }
        return formats;
    }

    private static Format png(int colourType, int bits) {
        return (quarters, width, height, profile) -> TestFiles.png(
                colourType,
                bits,
                quarters,
                width,
                height,
                profile.length == 0 ? Map.of() : Map.of("iCCP", TestFiles.iccp(profile)));
    }

    private static Format tiff(int photometric, SampleFormat format, int bits, int... extraSamples) {
        ByteOrder order = bits == 16 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return (quarters, width, height, profile) ->
                TestFiles.tiff(photometric, format, bits, extraSamples, order, quarters, width, height, profile);
    }

    private static Format whiteIsZero(SampleFormat format, int bits) {
        return (quarters, width, height, profile) ->
                tiff(0, format, bits).write(inverted(quarters), width, height, profile);
    }

    private static int[][] inverted(int[][] quarters) {
        return Arrays.stream(quarters)
                .map(quarter -> Arrays.stream(quarter).map(value -> 255 - value).toArray())
                .toArray(int[][]::new);
    }

    /** Adds further components to each pixel. */
    private static Format further(Format format, int... values) {
        return (quarters, width, height, profile) -> format.write(
                Arrays.stream(quarters)
                        .map(quarter -> Stream.of(quarter, values)
                                .flatMapToInt(Arrays::stream)
                                .toArray())
                        .toArray(int[][]::new),
                width,
                height,
                profile);
    }

    private static Format premultiplied(Format format) {
        return (quarters, width, height, profile) -> further(format, HALF)
                .write(
                        Arrays.stream(quarters)
                                .map(quarter -> Arrays.stream(quarter)
                                        .map(value -> Math.round(value * HALF / 255f))
                                        .toArray())
                                .toArray(int[][]::new),
                        width,
                        height,
                        profile);
    }

    // -- Expected colours

    private static double[] unchanged(int[] colour) {
        return colour.length == 1
                ? new double[] {colour[0], colour[0], colour[0]}
                : new double[] {colour[0], colour[1], colour[2]};
    }

    private static double[] idealInks(int[] inks) {
        double paper = 255 - inks[3];
        return new double[] {(255 - inks[0]) * paper / 255, (255 - inks[1]) * paper / 255, (255 - inks[2]) * paper / 255
        };
    }

    /** From linear light, 0 to 1, to sRGB, 0 to 255. */
    private static double encode(double light) {
        double inGamut = Math.clamp(light, 0, 1);
        return 255 * (inGamut <= 0.0031308 ? 12.92 * inGamut : 1.055 * Math.pow(inGamut, 1 / 2.4) - 0.055);
    }

    private static double srgbLight(int value) {
        double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double[] displayP3(int[] colour) {
        double r = srgbLight(colour[0]);
        double g = srgbLight(colour[1]);
        double b = srgbLight(colour[2]);
        return new double[] {
            encode(1.2249401763 * r - 0.2249401763 * g),
            encode(-0.0420569547 * r + 1.0420569547 * g),
            encode(-0.0196375546 * r - 0.0786360456 * g + 1.0982736001 * b)
        };
    }

    private static double[] adobeRgb(int[] colour) {
        double r = Math.pow(colour[0] / 255.0, 563 / 256.0);
        double g = Math.pow(colour[1] / 255.0, 563 / 256.0);
        double b = Math.pow(colour[2] / 255.0, 563 / 256.0);
        return new double[] {
            encode(1.3983557440 * r - 0.3983557440 * g), encode(g), encode(-0.0429289887 * g + 1.0429289887 * b)
        };
    }

    private static double[] linear(int[] colour) {
        return new double[] {encode(colour[0] / 255.0), encode(colour[1] / 255.0), encode(colour[2] / 255.0)};
    }

    private static double[] squareGrey(int[] colour) {
        double shade = encode(Math.pow(colour[0] / 255.0, 2));
        return new double[] {shade, shade, shade};
    }

    /** Each ink reduces the lightness by 70 of 255; magenta alone is green. */
    private static double[] strangeInks(int[] inks) {
        if (inks[3] > 0) {
            return new double[] {0, 0, 0};
        }
        if (inks[1] > 0 && inks[0] == 0) {
            return new double[] {0, 255, 0};
        }
        double lightness = (255 - 70 * (inks[0] + inks[1] + inks[2]) / 255.0) / 2.55;
        double shade = encode(Math.pow((lightness + 16) / 116, 3));
        return new double[] {shade, shade, shade};
    }

    /** From L*a*b*, stored with eight bits, negative numbers as in a signed byte. */
    private static double[] lab(int[] colour) {
        double y = (colour[0] / 2.55 + 16) / 116;
        double x = 0.9642 * labLight(y + (byte) colour[1] / 500.0);
        double z = 0.8249 * labLight(y - (byte) colour[2] / 200.0);
        double light = labLight(y);
        return new double[] {
            encode(3.1338561 * x - 1.6168667 * light - 0.4906146 * z),
            encode(-0.9787684 * x + 1.9161415 * light + 0.0334540 * z),
            encode(0.0719453 * x - 0.2289914 * light + 1.4052427 * z)
        };
    }

    private static double labLight(double root) {
        return root > 6.0 / 29 ? Math.pow(root, 3) : 3 * Math.pow(6.0 / 29, 2) * (root - 4.0 / 29);
    }

    // -- The tests

    private static List<Arguments> combinations() {
        return combinations(ColourSpacesTest::formats);
    }

    private static List<Arguments> combinationsWithOpacity() {
        return combinations(ColourSpacesTest::formatsWithOpacity);
    }

    private static List<Arguments> combinations(Function<Integer, Map<String, Format>> formats) {
        List<Arguments> combinations = new ArrayList<>();
        for (Space space : SPACES) {
            formats.apply(space.components())
                    .forEach((name, format) -> combinations.add(Arguments.argumentSet(
                            "%s, %d components, %s".formatted(name, space.components(), space.name()), format, space)));
        }
        return combinations;
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void pictureOfAnyKindAndSize_showsWhatItsProfileSays(Format format, Space space) {
        assertShows(format, space, 255);
    }

    @ParameterizedTest
    @MethodSource("combinationsWithOpacity")
    void halfTransparentPictureOfAnyKindAndSize_showsWhatItsProfileSays(Format format, Space space) {
        assertShows(format, space, HALF);
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "8, 16", "9, 8", "9, 16"})
    void labPicture_showsItsColoursAndOpacity(int photometric, int bits) {
        Space space = new Space("L*a*b*", new byte[0], 3, ColourSpacesTest::lab);

        assertShows(lab(photometric, bits), space, LAB, 255);
        assertShows(further(lab(photometric, bits, 0), 77), space, LAB, 255);
        assertShows(further(lab(photometric, bits, 2), HALF), space, LAB, HALF);
    }

    private static List<Arguments> pngChunks() {
        byte[] p3 = TestFiles.iccp(TestProfiles.displayP3());
        byte[] brokenProfile = TestFiles.iccp(cutOff(TestProfiles.adobeRgb()));
        byte[] codesOfSrgb = {1, 13, 0, 1};
        byte[] codesOfP3 = {12, 13, 0, 1};
        byte[] codesOfLinear = {1, 8, 0, 1};
        byte[] codesOfPq = {9, 16, 0, 1};
        byte[] codesOfNarrowRange = {12, 13, 0, 0};
        byte[] one = numbers(100_000);
        byte[] srgbPower = numbers(45_455);
        byte[] lightsOfSrgb = numbers(31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000);
        byte[] lightsOfP3 = numbers(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000);
        byte[] impossible = numbers(0, 0, 0, 0, 0, 0, 0, 0);
        byte[] intent = {0};
        Function<int[], double[]> unchanged = ColourSpacesTest::unchanged;
        Function<int[], double[]> displayP3 = ColourSpacesTest::displayP3;
        Function<int[], double[]> linear = ColourSpacesTest::linear;
        return List.of(
                png("cICP of sRGB", unchanged, Map.of("cICP", codesOfSrgb)),
                png("cICP of P3", displayP3, Map.of("cICP", codesOfP3)),
                png("cICP of linear light", linear, Map.of("cICP", codesOfLinear)),
                png("cICP before iCCP", linear, Map.of("cICP", codesOfLinear, "iCCP", p3)),
                png("cICP of PQ gives way to iCCP", displayP3, Map.of("cICP", codesOfPq, "iCCP", p3)),
                png("cICP of narrow range gives way", linear, Map.of("cICP", codesOfNarrowRange, "gAMA", one)),
                png("iCCP before sRGB and gAMA", displayP3, Map.of("iCCP", p3, "sRGB", intent, "gAMA", one)),
                png("broken iCCP gives way to gAMA", linear, Map.of("iCCP", brokenProfile, "gAMA", one)),
                png("broken chunks", unchanged, Map.of("iCCP", new byte[1], "cICP", new byte[0], "gAMA", intent)),
                png("sRGB before gAMA", unchanged, Map.of("sRGB", intent, "gAMA", one)),
                png("gAMA", linear, Map.of("gAMA", one)),
                png("gAMA and cHRM", linear, Map.of("gAMA", one, "cHRM", lightsOfSrgb)),
                png("gAMA of sRGB", unchanged, Map.of("gAMA", srgbPower)),
                png("gAMA and cHRM of sRGB", unchanged, Map.of("gAMA", srgbPower, "cHRM", lightsOfSrgb)),
                png("gAMA of zero", unchanged, Map.of("gAMA", numbers(0))),
                png("gAMA and impossible cHRM", linear, Map.of("gAMA", one, "cHRM", impossible)),
                png("cHRM", displayP3, Map.of("cHRM", lightsOfP3)),
                png("gAMA of sRGB and cHRM of P3", displayP3, Map.of("gAMA", srgbPower, "cHRM", lightsOfP3)));
    }

    private static Arguments png(String name, Function<int[], double[]> toSrgb, Map<String, byte[]> chunks) {
        return Arguments.argumentSet(name, chunks, new Space(name, new byte[0], 3, toSrgb));
    }

    private static byte[] numbers(int... numbers) {
        ByteBuffer content = ByteBuffer.allocate(4 * numbers.length);
        Arrays.stream(numbers).forEach(content::putInt);
        return content.array();
    }

    @ParameterizedTest
    @MethodSource("pngChunks")
    void pngWithoutProfile_showsWhatItsFirstUsableChunkSays(Map<String, byte[]> chunks, Space space) {
        for (int[] typeAndBits : new int[][] {{2, 8}, {2, 16}, {3, 8}}) {
            assertShows(
                    (q, w, h, profile) -> TestFiles.png(typeAndBits[0], typeAndBits[1], q, w, h, chunks), space, 255);
        }
        Format withOpacity = (q, w, h, profile) -> TestFiles.png(6, 8, q, w, h, chunks);
        assertShows(further(withOpacity, HALF), space, HALF);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16})
    void greyPngOfAnyDepth_showsWhatItsProfileSays(int bits) {
        // Black and white are the common shades of all depths.
        int[][] quarters = bits == 1 ? new int[][] {{0}, {255}, {255}, {0}} : new int[][] {{0}, {85}, {170}, {255}};
        Space grey = new Space("square grey", TestProfiles.squareGrey(), 1, ColourSpacesTest::squareGrey);

        assertShows(png(0, bits), grey, quarters, 255);
    }

    @Test
    void webpWithProfile_showsWhatItSays() {
        for (Space space : SPACES) {
            if (space.components() == 3 && space.profile().length > 0) {
                byte[] file = TestFiles.webp(TestPictures.resource("lossless.webp"), 64, 48, space.profile());
                assertShows(renderer.render(file), "WebP", space, COLOURS, 255);
            }
        }
    }

    /** ICCLab, 9, has an offset instead of negative numbers. */
    private static Format lab(int photometric, int bits, int... extraSamples) {
        return (quarters, width, height, profile) -> tiff(photometric, SampleFormat.UNSIGNED, bits, extraSamples)
                .write(
                        Arrays.stream(quarters)
                                .map(quarter -> {
                                    int[] stored = quarter.clone();
                                    stored[1] ^= photometric == 9 ? 0x80 : 0;
                                    stored[2] ^= photometric == 9 ? 0x80 : 0;
                                    return stored;
                                })
                                .toArray(int[][]::new),
                        width,
                        height,
                        profile);
    }

    private void assertShows(Format format, Space space, int opacity) {
        int[][] quarters = switch (space.components()) {
            case 1 -> SHADES;
            case 3 -> COLOURS;
            default -> INKS;
        };
        assertShows(format, space, quarters, opacity);
    }

    private void assertShows(Format format, Space space, int[][] quarters, int opacity) {
        for (int size : SIZES) {
            byte[] file = format.write(quarters, size, size, space.profile());
            assertShows(renderer.render(file), size + " wide", space, quarters, opacity);
            if (SIZES_WITH_FEWER_PIXELS.contains(size)) {
                String what = size + " wide, with fewer pixels";
                assertShows(rendererWithFewerPixels.render(file), what, space, quarters, opacity);
            }
        }
    }

    private static void assertShows(Rendering rendering, String what, Space space, int[][] quarters, int opacity) {
        assertThat(rendering).as(what).isInstanceOf(Rendering.Rendered.class);
        for (RenderedVariant variant : ((Rendering.Rendered) rendering).variants()) {
            BufferedImage picture = TestPictures.decode(variant.content());
            for (int quarter = 0; quarter < 4; quarter++) {
                double[] shown = averageOf(picture, quarter);
                double[] expected = Arrays.copyOf(space.toSrgb().apply(quarters[quarter]), 4);
                expected[3] = opacity;
                assertThat(shown)
                        .as("%s, quarter %d, expected %s", what, quarter, Arrays.toString(expected))
                        .containsExactly(expected, within(TOLERANCE));
            }
        }
    }

    /** Red, green, blue and opacity in the middle of a quarter: single pixels differ a little in a JPEG. */
    private static double[] averageOf(BufferedImage picture, int quarter) {
        int side = picture.getHeight() / 4;
        int left = picture.getWidth() * (1 + quarter % 2 * 2) / 4 - side / 2;
        int top = picture.getHeight() * (1 + quarter / 2 * 2) / 4 - side / 2;
        double[] average = new double[4];
        for (int pixel : picture.getRGB(left, top, side, side, null, 0, side)) {
            average[0] += (double) (pixel >> 16 & 0xff) / (side * side);
            average[1] += (double) (pixel >> 8 & 0xff) / (side * side);
            average[2] += (double) (pixel & 0xff) / (side * side);
            average[3] += (double) (pixel >>> 24) / (side * side);
        }
        return average;
    }
}
