package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebpTest {

    /** The first version without CVE-2023-4863, a heap overflow by a file of a few bytes. */
    private static final int SAFE_LIBWEBP = 0x010302;

    private final PhotoRenderer renderer =
            new PhotoRenderer(VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000);

    @Test
    @SuppressWarnings("restricted") // there is no other way to call the library directly
    void libwebp_isOfAVersionWithoutKnownHeapOverflow(@TempDir Path folder) throws Throwable {
        Path library = libraryOfThisMachine(folder);
        try (Arena arena = Arena.ofConfined()) {
            var address = SymbolLookup.libraryLookup(library, arena).findOrThrow("WebPGetDecoderVersion");
            var version = Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT));

            assertThat((int) version.invokeExact()).isGreaterThanOrEqualTo(SAFE_LIBWEBP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"method0", "method4"})
    void lossyPicture_isDecodedAsTheReferenceDecoderDoes(String method) throws RefusedException {
        BufferedImage picture = decode("webp-lossy-scene-" + method + ".webp", 1);

        assertSamePixels(picture, "webp-lossy-scene-" + method + ".png", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8x8", "method4"})
    void losslessPictureWithTransparentPixels_isDecodedAsTheReferenceDecoderDoes(String name) throws RefusedException {
        BufferedImage picture = decode("webp-lossless-transparent-" + name + ".webp", 1);

        assertSamePixels(picture, "webp-lossless-transparent-" + name + ".png", 0);
    }

    @Test
    void blockPredictedFromOutsideThePicture_hasTheFormatsBorderValues() throws RefusedException {
        BufferedImage picture = decode("webp-lossy-16x16-method0.webp", 1);

        assertClose(picture.getRGB(0, 0), new Color(241, 238, 246), 2);
        assertClose(picture.getRGB(4, 4), new Color(148, 161, 184), 2);
        assertClose(picture.getRGB(12, 12), new Color(237, 239, 252), 2);
    }

    @Test
    void pictureOfOneColour_isRead() {
        BufferedImage large = large("webp-lossless-one-colour.webp");

        assertClose(large.getRGB(8, 8), new Color(200, 60, 40), 14);
    }

    @Test
    void opacityThatIsNotCompressed_isKept() {
        BufferedImage large = large("webp-alpha-not-compressed.webp");

        assertThat(large.getRGB(16, 12) >>> 24).isBetween(126, 130);
        assertClose(large.getRGB(16, 12), new Color(220, 30, 30), 14);
    }

    @Test
    void firstFrameThatIsAPart_isInItsPlaceAndTheRestTransparent() {
        BufferedImage large = large("webp-first-frame-is-a-part.webp");

        assertThat(large.getWidth()).isEqualTo(64);
        assertThat(large.getHeight()).isEqualTo(48);
        assertThat(large.getRGB(48, 36)).isEqualTo(new Color(230, 220, 40).getRGB());
        assertThat(large.getRGB(30, 36) >>> 24).isZero();
        assertThat(large.getRGB(48, 20) >>> 24).isZero();
    }

    @Test
    void pictureThatAnnouncesFarMoreThanItHas_isRefused() {
        assertThat(renderer.render(TestPictures.resource("webp-lossless-16x16-takes-a-minute.webp")))
                .isEqualTo(new Rendering.Refused(RejectionReason.DAMAGED));
    }

    @Test
    void pictureOf96Megapixels_isDecodedWithFewerPixels() throws RefusedException {
        BufferedImage picture = decode("webp-lossless-96-megapixels.webp", 4);

        assertThat(picture.getWidth()).isEqualTo(1500);
        assertThat(picture.getHeight()).isEqualTo(4000);
        assertThat(picture.getRGB(700, 2000) >>> 24).isEqualTo(128);
        assertClose(picture.getRGB(700, 2000), new Color(90, 120, 150), 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void anyStep_givesThePictureItsProportions(int step) throws RefusedException {
        for (String file : new String[] {"webp-lossy-scene-method4.webp", "webp-first-frame-is-a-part.webp"}) {
            BufferedImage whole = decode(file, 1);
            BufferedImage picture = decode(file, step);

            assertThat(picture.getWidth()).isEqualTo(Math.ceilDiv(whole.getWidth(), step));
            assertThat(picture.getHeight()).isEqualTo(Math.ceilDiv(whole.getHeight(), step));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lossy.webp, 64, 48, true, false",
        "lossless.webp, 64, 48, true, true",
        "alpha-lossy.webp, 64, 48, true, false",
        "animated.webp, 64, 48, true, true",
        "webp-first-frame-is-a-part.webp, 64, 48, false, true",
        "webp-lossless-96-megapixels.webp, 6000, 16000, true, true"
    })
    void header_tellsTheSizeBeforeAnythingIsDecoded(
            String file, int width, int height, boolean coversCanvas, boolean lossless) throws RefusedException {
        WebpFile webp = WebpFile.read(TestPictures.resource(file));

        assertThat(webp.canvasWidth()).isEqualTo(width);
        assertThat(webp.canvasHeight()).isEqualTo(height);
        assertThat(webp.coversCanvas()).isEqualTo(coversCanvas);
        assertThat(webp.isLossless()).isEqualTo(lossless);
    }

    @Test
    void brokenMetadataBehindThePicture_doesNotSpoilIt() {
        byte[] good = TestPictures.resource("turned.webp");
        byte[] cutInItsExif = Arrays.copyOf(good, good.length - 5);

        assertThat(renderer.render(cutInItsExif)).isInstanceOf(Rendering.Rendered.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "lossless.webp", "alpha-lossy.webp", "animated.webp"})
    void fileThatEndsTooEarly_isRefusedAsDamaged(String name) {
        byte[] file = TestPictures.resource(name);

        for (int length = 12; length < file.length * 4 / 10; length++) {
            assertThat(renderer.render(Arrays.copyOf(file, length)))
                    .as("%s, the first %d bytes", name, length)
                    .isEqualTo(new Rendering.Refused(RejectionReason.DAMAGED));
        }
    }

    @Test
    void frameBesideItsCanvas_isRefusedAsDamaged() {
        byte[] file = TestPictures.resource("webp-first-frame-is-a-part.webp").clone();
        int frame = indexOf(file, "ANMF") + 8;
        file[frame] = (byte) (file[frame] + 1); // two pixels further right

        assertThatThrownBy(() -> WebpFile.read(file)).isInstanceOf(RefusedException.class);
        assertThat(renderer.render(file)).isEqualTo(new Rendering.Refused(RejectionReason.DAMAGED));
    }

    private BufferedImage large(String file) {
        Rendering rendering = renderer.render(TestPictures.resource(file));
        assertThat(rendering).isInstanceOf(Rendering.Rendered.class);
        return TestPictures.decode(
                ((Rendering.Rendered) rendering).variants().getFirst().content());
    }

    private static BufferedImage decode(String file, int step) throws RefusedException {
        return WebpDecoder.decode(WebpFile.read(TestPictures.resource(file)), step);
    }

    private static void assertSamePixels(BufferedImage picture, String reference, int tolerance) {
        BufferedImage expected = TestPictures.decode(TestPictures.resource(reference));
        assertThat(picture.getWidth()).isEqualTo(expected.getWidth());
        assertThat(picture.getHeight()).isEqualTo(expected.getHeight());
        for (int y = 0; y < expected.getHeight(); y++) {
            for (int x = 0; x < expected.getWidth(); x++) {
                assertThat(picture.getRGB(x, y) >>> 24).isEqualTo(expected.getRGB(x, y) >>> 24);
                if (expected.getRGB(x, y) >>> 24 != 0) {
                    assertClose(picture.getRGB(x, y), new Color(expected.getRGB(x, y)), tolerance);
                }
            }
        }
    }

    private static void assertClose(int shown, Color expected, int tolerance) {
        for (int shift : new int[] {16, 8, 0}) {
            assertThat(Math.abs((shown >> shift & 0xff) - (expected.getRGB() >> shift & 0xff)))
                    .as("%s instead of %s", new Color(shown), expected)
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    private static int indexOf(byte[] file, String type) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(type);
    }

    /** Extracts the library from its jar, like the decoder. */
    private static Path libraryOfThisMachine(Path folder) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        String name = system.startsWith("mac") ? "Mac/%s/libwebp-imageio.dylib" : "Linux/%s/libwebp-imageio.so";
        try (InputStream library = WebPImageReaderSpi.class.getResourceAsStream("/native/" + name.formatted(machine))) {
            Path file = folder.resolve("libwebp");
            Files.copy(Objects.requireNonNull(library), file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
