package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.RenderedVariant.Format;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoRendererTest {

    private static final long MAX_PIXELS = 100_000_000;
    private static final VariantLadder LADDER = VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150");

    private final PhotoRenderer renderer = new PhotoRenderer(LADDER, MAX_PIXELS);

    // -- Valid photos ------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void photoOfAnyOrientation_isUpright(int orientation) {
        // Small ones are decoded completely, large ones at a fraction of their size.
        for (int width : List.of(320, 2720)) {
            Rendering.Rendered rendered = rendered(TestPictures.turnedJpeg(width, width * 3 / 4, orientation));

            assertThat(rendered.width()).isEqualTo(width);
            assertThat(rendered.height()).isEqualTo(width * 3 / 4);
            assertThat(rendered.variants()).allSatisfy(variant -> assertShows(TestPictures.QUARTERS, variant));
        }
    }

    @Test
    void photoWithPosition_losesIt() {
        byte[] photo = TestPictures.turnedJpeg(1600, 1200, 6);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains("Exif");

        assertThat(rendered(photo).variants())
                .allSatisfy(variant -> assertThat(new String(variant.content(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("Exif"));
    }

    @Test
    void webpOfACameraThatWasTurned_isUpright() {
        // The file has the quarters in upright position, and an orientation for a rotation to the right.
        List<Color> turned = List.of(
                TestPictures.QUARTERS.get(2),
                TestPictures.QUARTERS.get(0),
                TestPictures.QUARTERS.get(3),
                TestPictures.QUARTERS.get(1));

        assertThat(rendered(TestPictures.resource("turned.webp")).variants())
                .allSatisfy(variant -> assertShows(turned, variant));
    }

    @ParameterizedTest
    @CsvSource({
        "422.jpg, JPEG",
        "display-p3.jpg, JPEG",
        "restarts.jpg, JPEG",
        "animated.gif, GIF",
        "animated.webp, WEBP",
        "lossless.webp, WEBP",
        "lossy.webp, WEBP",
        "rgb-jpeg.tif, TIFF",
        "rgb-packbits.tif, TIFF",
        "rgb-raw.tif, TIFF",
        "rgb-tiff_adobe_deflate.tif, TIFF",
        "rgb-tiff_lzw.tif, TIFF"
    })
    void pictureOfAnyFormat_isReadAsWhatItsContentSays(String file, String format) {
        Rendering.Rendered rendered = rendered(TestPictures.resource(file));

        assertThat(rendered.format()).isEqualTo(format);
        assertThat(rendered.variants()).allSatisfy(variant -> {
            assertThat(variant.format()).isEqualTo(Format.JPEG);
            assertShows(TestPictures.QUARTERS, variant);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "bmp", "gif", "tiff"})
    void pictureThatJavaWrites_isReadToo(String format) {
        assertThat(rendered(TestPictures.quartersAs(format, 400, 300)).variants())
                .allSatisfy(variant -> assertShows(TestPictures.QUARTERS, variant));
    }

    @Test
    void progressiveJpeg_isReadToo() {
        byte[] photo = TestPictures.progressiveJpeg(TestPictures.quarters(2720, 2040, BufferedImage.TYPE_INT_RGB));

        assertThat(rendered(photo).variants()).allSatisfy(variant -> assertShows(TestPictures.QUARTERS, variant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmyk.jpg", "ycck.jpg", "cmyk.tif"})
    void cmykPicture_showsItsColours(String file) {
        List<RenderedVariant> variants = rendered(TestPictures.resource(file)).variants();

        assertThat(variants).allSatisfy(variant -> {
            List<Color> colours = coloursOf(variant);
            assertThat(colours.get(0))
                    .satisfies(red ->
                            assertThat(red.getRed()).isGreaterThan(Math.max(red.getGreen(), red.getBlue()) + 80));
            assertThat(colours.get(1))
                    .satisfies(green ->
                            assertThat(green.getGreen()).isGreaterThan(Math.max(green.getRed(), green.getBlue()) + 60));
            assertThat(colours.get(2))
                    .satisfies(magenta -> assertThat(magenta.getGreen())
                            .isLessThan(Math.min(magenta.getRed(), magenta.getBlue()) - 60));
            assertThat(colours.get(3))
                    .satisfies(black -> assertThat(
                                    Math.max(black.getRed(), Math.max(black.getGreen(), black.getBlue())))
                            .isLessThan(70));
        });
    }

    @Test
    void cmykPictureWithProfile_showsWhatTheProfileSays() {
        // The profile maps magenta to green, a result that is only possible with the profile.
        assertThat(rendered(TestPictures.resource("cmyk-profile.jpg")).variants())
                .allSatisfy(variant -> assertThat(coloursOf(variant).get(2))
                        .satisfies(green -> assertThat(green.getGreen())
                                .isGreaterThan(Math.max(green.getRed(), green.getBlue()) + 80)));
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyPicture_keepsItsShades(int type) {
        BufferedImage grey = new BufferedImage(400, 300, type);
        int maximum = type == BufferedImage.TYPE_BYTE_GRAY ? 255 : 65_535;
        List<Integer> drawn = List.of(40, 90, 160, 230);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                grey.getRaster().setSample(x, y, 0, drawn.get(y / 150 * 2 + x / 200) * maximum / 255);
            }
        }
        List<Color> shades =
                drawn.stream().map(shade -> new Color(shade, shade, shade)).toList();

        assertThat(rendered(TestPictures.encode(grey, "png")).variants())
                .allSatisfy(variant -> assertShows(shades, variant));
    }

    @Test
    void paletteOfColours_isReadToo() {
        byte[] photo = TestPictures.encode(TestPictures.quarters(400, 300, BufferedImage.TYPE_BYTE_INDEXED), "png");

        assertThat(rendered(photo).variants())
                .allSatisfy(variant -> assertThat(coloursOf(variant))
                        .zipSatisfy(TestPictures.QUARTERS, (shown, drawn) -> assertClose(shown, drawn, 30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha-lossless.webp", "alpha-lossy.webp"})
    void transparentPicture_staysTransparentAsPng(String file) {
        assertThat(rendered(TestPictures.resource(file)).variants()).allSatisfy(variant -> {
            assertThat(variant.format()).isEqualTo(Format.PNG);
            assertThat(TestPictures.decode(variant.content()).getColorModel().hasAlpha())
                    .isTrue();
        });
    }

    @Test
    void transparentPng_keepsItsOpacity() {
        BufferedImage half = new BufferedImage(800, 600, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 600; y++) {
            for (int x = 0; x < 800; x++) {
                half.setRGB(x, y, x < 400 ? 0x80FF0000 : 0xFF0000FF);
            }
        }

        assertThat(rendered(TestPictures.encode(half, "png")).variants()).allSatisfy(variant -> {
            BufferedImage shown = TestPictures.decode(variant.content());
            assertThat(variant.format()).isEqualTo(Format.PNG);
            assertThat(new Color(shown.getRGB(shown.getWidth() / 4, shown.getHeight() / 2), true).getAlpha())
                    .isBetween(0x7E, 0x82);
            assertThat(new Color(shown.getRGB(shown.getWidth() * 3 / 4, shown.getHeight() / 2), true).getAlpha())
                    .isEqualTo(0xFF);
        });
    }

    // -- Sizes
    // ---------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        // photo          large       medium     small      thumb
        "2720, 2040, 1280x960, 640x480, 320x240, 150x150",
        "1281,  855, 1280x854, 640x427, 320x214, 150x150",
        " 500,  300,  500x300, 500x300, 320x192, 150x150",
        " 100,   60,  100x60,  100x60,  100x60,  60x60",
        "3000,   10, 1280x4,   640x2,   320x1,   10x10",
        "   1,    1,    1x1,     1x1,     1x1,   1x1"
    })
    void variants_areNeverEnlargedAndKeepTheAspectRatio(
            int width, int height, String large, String medium, String small, String thumb) {
        Rendering.Rendered rendered = rendered(TestPictures.quartersAs("png", width, height));

        assertThat(rendered.variants())
                .extracting(variant -> "%s %dx%d".formatted(variant.name(), variant.width(), variant.height()))
                .containsExactly("large " + large, "medium " + medium, "small " + small, "thumb " + thumb);
        assertThat(rendered.variants()).allSatisfy(variant -> {
            BufferedImage shown = TestPictures.decode(variant.content());
            assertThat(shown.getWidth()).isEqualTo(variant.width());
            assertThat(shown.getHeight()).isEqualTo(variant.height());
        });
    }

    @Test
    void thumb_showsTheCentre() {
        // given red, and blue in the square in the middle
        BufferedImage picture = new BufferedImage(900, 300, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 900, 300);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(300, 0, 300, 300);
        graphics.dispose();

        // when
        RenderedVariant thumb =
                rendered(TestPictures.encode(picture, "png")).variants().getLast();

        // then
        assertThat(coloursOf(thumb)).allSatisfy(colour -> assertClose(colour, Color.BLUE, 12));
    }

    // -- Other and damaged files -----------------------------------------------------------------------

    @Test
    void emptyFile_isRefused() {
        assertRefused(RejectionReason.EMPTY, new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This is a text with another file extension.",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
                "%PDF-1.7",
                "\0\0\0\u0018ftypheic",
                "RIFF\0\0\0\0WAVE",
                "P6 1 1 255 abc"
            })
    void fileOfAnotherKind_isRefusedWithTheKindsThatWeRead(String content) {
        assertRefused(RejectionReason.UNSUPPORTED_FORMAT, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void smallFileThatDeclaresFourHundredMegapixels_isRefusedBeforeItsPixelsAreDecoded() throws IOException {
        assertRefused(RejectionReason.TOO_MANY_PIXELS, declaredPng(20_000, 20_000));
    }

    @Test
    void pixelsBeyondTheLimit_areRefused_andAtTheLimitTheyAreNot() {
        PhotoRenderer small = new PhotoRenderer(LADDER, 300 * 200);

        assertThat(small.render(TestPictures.quartersAs("png", 300, 200))).isInstanceOf(Rendering.Rendered.class);
        assertThat(small.render(TestPictures.quartersAs("png", 301, 200)))
                .isEqualTo(new Rendering.Refused(RejectionReason.TOO_MANY_PIXELS));
        assertThat(small.render(TestPictures.quartersAs("jpeg", 300, 201)))
                .isEqualTo(new Rendering.Refused(RejectionReason.TOO_MANY_PIXELS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "bmp", "gif", "tiff"})
    void fileThatEndsTooEarly_isRefused(String format) {
        byte[] file = TestPictures.quartersAs(format, 400, 300);

        for (int percent : List.of(10, 30, 50, 70)) {
            Rendering rendering = renderer.render(Arrays.copyOf(file, file.length * percent / 100));

            assertThat(rendering).as("%s, the first %d %%", format, percent).isInstanceOf(Rendering.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "bmp", "gif", "tiff"})
    void fileThatIsItsFirstBytesOnly_isRefusedAsDamaged(String format) {
        byte[] file = TestPictures.quartersAs(format, 400, 300);

        assertRefused(RejectionReason.DAMAGED, Arrays.copyOf(file, 14));
    }

    /** Any damage of a file leads to one of two results, and no exception is thrown. */
    @RepeatedTest(60)
    void fileWithRandomDamage_isRenderedOrRefused(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<byte[]> files = List.of(
                TestPictures.turnedJpeg(320, 240, 6),
                TestPictures.progressiveJpeg(TestPictures.quarters(320, 240, BufferedImage.TYPE_INT_RGB)),
                TestPictures.quartersAs("png", 64, 48),
                TestPictures.quartersAs("gif", 64, 48),
                TestPictures.quartersAs("bmp", 64, 48),
                TestPictures.resource("display-p3.jpg"),
                TestPictures.resource("cmyk-profile.jpg"),
                TestPictures.resource("rgb-tiff_lzw.tif"),
                TestPictures.resource("alpha-lossy.webp"),
                TestPictures.resource("lossless.webp"));
        PhotoRenderer modest = new PhotoRenderer(LADDER, 4_000_000);
        for (byte[] good : files) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(1, 12); change > 0; change--) {
                // Most relevant damage is in the headers.
                int place =
                        random.nextBoolean() ? random.nextInt(Math.min(bad.length, 200)) : random.nextInt(bad.length);
                bad[place] = (byte) random.nextInt(256);
            }
            byte[] file = random.nextInt(4) == 0 ? Arrays.copyOf(bad, random.nextInt(1, bad.length)) : bad;

            assertThat(modest.render(file)).isNotNull();
        }
    }

    // -- Helpers
    // -------------------------------------------------------------------------------------------------------

    private Rendering.Rendered rendered(byte[] file) {
        Rendering rendering = renderer.render(file);
        assertThat(rendering).isInstanceOf(Rendering.Rendered.class);
        Rendering.Rendered rendered = (Rendering.Rendered) rendering;
        assertThat(rendered.variants())
                .extracting(RenderedVariant::name)
                .containsExactly("large", "medium", "small", "thumb");
        return rendered;
    }

    private void assertRefused(RejectionReason reason, byte[] file) {
        assertThat(renderer.render(file)).isEqualTo(new Rendering.Refused(reason));
    }

    private static void assertShows(List<Color> expected, RenderedVariant variant) {
        assertThat(coloursOf(variant)).zipSatisfy(expected, (shown, drawn) -> assertClose(shown, drawn, 14));
    }

    private static void assertClose(Color shown, Color drawn, int tolerance) {
        assertThat(Math.abs(shown.getRed() - drawn.getRed()))
                .as("red of %s, drawn as %s", shown, drawn)
                .isLessThanOrEqualTo(tolerance);
        assertThat(Math.abs(shown.getGreen() - drawn.getGreen()))
                .as("green of %s, drawn as %s", shown, drawn)
                .isLessThanOrEqualTo(tolerance);
        assertThat(Math.abs(shown.getBlue() - drawn.getBlue()))
                .as("blue of %s, drawn as %s", shown, drawn)
                .isLessThanOrEqualTo(tolerance);
    }

    private static List<Color> coloursOf(RenderedVariant variant) {
        return coloursOf(TestPictures.decode(variant.content()));
    }

    /** The colours in the middle of the four quarters. */
    private static List<Color> coloursOf(BufferedImage picture) {
        int left = picture.getWidth() / 4;
        int right = picture.getWidth() * 3 / 4;
        int top = picture.getHeight() / 4;
        int bottom = picture.getHeight() * 3 / 4;
        return List.of(
                new Color(picture.getRGB(left, top)),
                new Color(picture.getRGB(right, top)),
                new Color(picture.getRGB(left, bottom)),
                new Color(picture.getRGB(right, bottom)));
    }

    /** A PNG whose header and compressed data are right, and whose pixels would fill gigabytes. */
    private static byte[] declaredPng(int width, int height) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {1, 0, 0, 0, 0}); // one bit of grey for each pixel
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream compressed = new DeflaterOutputStream(pixels)) {
            byte[] row = new byte[1 + width / 8];
            for (int y = 0; y < height; y++) {
                compressed.write(row);
            }
        }
        chunk(file, "IHDR", header.toByteArray());
        chunk(file, "IDAT", pixels.toByteArray());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) throws IOException {
        DataOutputStream output = new DataOutputStream(file);
        byte[] typed = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(typed);
        checksum.update(content);
        output.writeInt(content.length);
        output.write(typed);
        output.write(content);
        output.writeInt((int) checksum.getValue());
    }
}
