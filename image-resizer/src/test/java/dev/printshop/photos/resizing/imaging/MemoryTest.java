package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.photos.resizing.imaging.LargeFiles.Bytes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large photos are rendered in a separate JVM, whose heap is smaller than the 1,503 MB of the function. */
class MemoryTest {

    /** The heap for which {@link DecodingBudget} is made. */
    private static final int HEAP_OF_THE_BUDGET = 1_200;

    private static final VariantLadder LADDER = VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150");
    private static final long MAX_PIXELS = 100_000_000;

    /** Less than twice the largest variant, so that no pixel may be skipped: such pictures need the most memory. */
    private static final int WIDTH = 2_550;

    @TempDir
    private Path folder;

    @Test
    void photoOf24Megapixels_isRenderedIn300Megabytes() throws Exception {
        assertThat(renderWithHeapOf(300, TestPictures.quartersAs("jpeg", 6_000, 4_000)))
                .containsExactly("JPEG 6000x4000, 4 variants");
    }

    @Test
    void progressivePhotoOf24Megapixels_isRenderedIn700Megabytes() throws Exception {
        // ImageIO needs all coefficients of such a file for the first pixel.
        assertThat(renderWithHeapOf(700, LargeFiles.progressiveJpeg(6_000, 4_000)))
                .containsExactly("JPEG 6000x4000, 4 variants");
    }

    @Test
    void pictureAtTheLimitOf100Megapixels_isRenderedIn700Megabytes() throws Exception {
        assertThat(renderWithHeapOf(700, LargeFiles.png(10_000, 10_000)))
                .containsExactly("PNG 10000x10000, 4 variants");
    }

    /** A way to write a picture of the width above. */
    record Kind(String format, IntFunction<byte[]> ofHeight) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("JPEG", height -> LargeFiles.progressiveJpeg(WIDTH, height)),
            new Kind("PNG", height -> LargeFiles.interlacedPng(WIDTH, height)),
            new Kind("TIFF", height -> LargeFiles.tiffInStrips(WIDTH, height)),
            new Kind("TIFF", height -> LargeFiles.tiffInTiles(WIDTH, height)),
            new Kind("TIFF", height -> LargeFiles.tiffOfJpegs(WIDTH, height)),
            new Kind("GIF", height -> LargeFiles.gif(WIDTH, height)));

    @Test
    void pictureJustInsideTheBudget_isRendered_andOneRowMoreIsRefusedBeforeItIsDecoded() throws Exception {
        List<byte[]> inside = new ArrayList<>();
        List<byte[]> outside = new ArrayList<>();
        List<String> rendered = new ArrayList<>();
        for (Kind kind : KINDS) {
            int height = greatestHeight(kind);
            inside.add(kind.ofHeight().apply(height));
            outside.add(kind.ofHeight().apply(height + 1));
            rendered.add("%s %dx%d, 4 variants".formatted(kind.format(), WIDTH, height));
        }

        assertThat(renderWithHeapOf(HEAP_OF_THE_BUDGET, inside.toArray(byte[][]::new)))
                .containsExactlyElementsOf(rendered);
        assertThat(renderWithHeapOf(32, outside.toArray(byte[][]::new)))
                .hasSameSizeAs(outside)
                .allMatch(line -> line.matches("refused: (TOO_MANY_PIXELS|TOO_COMPLEX)"));
    }

    @Test
    void pictureAtTheLimitOfItsFormatOrOfTheFilesLength_isRendered() throws Exception {
        // A WebP has sides of 16,383 pixels at most, and a file 100 MB.
        byte[][] files = {LargeFiles.webp(WIDTH, 16_383), LargeFiles.webp(16_383, 6_103), LargeFiles.bmp(WIDTH, 13_000)
        };

        assertThat(renderWithHeapOf(HEAP_OF_THE_BUDGET, files))
                .containsExactly(
                        "WEBP 2550x16383, 4 variants", "WEBP 16383x6103, 4 variants", "BMP 2550x13000, 4 variants");
    }

    /** The greatest height for which the budget is sufficient. */
    private static int greatestHeight(Kind kind) {
        int possible = 1;
        int impossible = 65_501;
        while (impossible - possible > 1) {
            int height = (possible + impossible) / 2;
            if (isWithinTheBudget(kind, height)) {
                possible = height;
            } else {
                impossible = height;
            }
        }
        return possible;
    }

    private static double reduction(int width, int height) {
        return LADDER.specs().stream()
                .mapToDouble(spec -> VariantGeometry.of(spec, width, height).reduction())
                .min()
                .orElseThrow();
    }

    private static boolean isWithinTheBudget(Kind kind, int height) {
        try {
            PictureOutline outline = PictureOutline.of(
                    PictureFormat.valueOf(kind.format()), kind.ofHeight().apply(height));
            new DecodingBudget(MAX_PIXELS).step(outline, MemoryTest::reduction);
            return true;
        } catch (RefusedException _) {
            return false;
        }
    }

    @Test
    void fileThatRepeatsOrClaimsMuch_isJudgedInAHeapThatHoldsLittleMoreThanTheFile() throws Exception {
        byte[][] files = {
            bigTiffWhoseTagsShareTheirBytes(273),
            bigTiffWhoseTagsShareTheirBytes(50_000),
            pngOfManyKindsOfChunks(),
            gifOfManyExtensions(),
            jpegOfManySegments(),
            webpOfFramesInFrames()
        };

        assertThat(renderWithHeapOf(64, files))
                .containsExactly(
                        "refused: TOO_COMPLEX",
                        "refused: DAMAGED", // it has no size
                        "PNG 64x48, 4 variants",
                        "GIF 64x48, 4 variants",
                        "refused: TOO_COMPLEX",
                        "refused: DAMAGED"); // it has no pixels
    }

    private static final int HOSTILE_BYTES = 16 << 20;

    /** Its directory has 4,096 entries, each of which has all of the file as its value. */
    private static byte[] bigTiffWhoseTagsShareTheirBytes(int tag) {
        ByteBuffer tiff = ByteBuffer.allocate(HOSTILE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(new byte[] {'I', 'I', 43, 0, 8, 0, 0, 0}).putLong(16).putLong(4_096);
        for (int i = 0; i < 4_096; i++) {
            tiff.putShort((short) tag)
                    .putShort((short) 16)
                    .putLong(HOSTILE_BYTES / 8)
                    .putLong(0);
        }
        return tiff.array();
    }

    private static byte[] pngOfManyKindsOfChunks() {
        byte[] png = TestPictures.quartersAs("png", 64, 48);
        Bytes file = new Bytes().bytes(Arrays.copyOf(png, 33));
        for (int i = 0; i < HOSTILE_BYTES / 12; i++) {
            file.number(0).number('C' << 24 | i).number(0); // the type is C and three bytes that differ
        }
        return file.bytes(Arrays.copyOfRange(png, 33, png.length)).toByteArray();
    }

    private static byte[] gifOfManyExtensions() {
        byte[] gif = TestPictures.quartersAs("gif", 64, 48);
        int frame = 13 + 3 * (2 << (gif[10] & 7)); // behind the palette
        Bytes file = new Bytes().bytes(Arrays.copyOf(gif, frame));
        for (int i = 0; i < HOSTILE_BYTES / 11; i++) {
            file.text("!\u00f9\u0004\0\0\0\0\0").text("!\u00fe\0"); // no transparency; a comment
        }
        return file.bytes(Arrays.copyOfRange(gif, frame, gif.length)).toByteArray();
    }

    private static byte[] jpegOfManySegments() {
        byte[] jpeg = TestPictures.progressiveJpeg(TestPictures.quarters(64, 48, BufferedImage.TYPE_INT_RGB));
        Bytes file = new Bytes().bytes(Arrays.copyOf(jpeg, 2));
        for (int i = 0; i < HOSTILE_BYTES / 16; i++) {
            file.segment(0xe2, "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1));
        }
        return file.bytes(Arrays.copyOfRange(jpeg, 2, jpeg.length)).toByteArray();
    }

    private static byte[] webpOfFramesInFrames() {
        ByteBuffer file = ByteBuffer.allocate(HOSTILE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(HOSTILE_BYTES - 8);
        file.put("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        while (file.remaining() >= 24) {
            file.put("ANMF".getBytes(StandardCharsets.ISO_8859_1)).putInt(file.remaining() - 4);
            file.position(file.position() + 16);
        }
        return file.array();
    }

    private List<String> renderWithHeapOf(int megabytes, byte[]... photos) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                RenderOnce.class.getName()));
        for (int i = 0; i < photos.length; i++) {
            command.add(Files.write(folder.resolve("photo-" + i), photos[i]).toString());
        }
        Process renderer = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(renderer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(renderer.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    /** The program of that JVM. */
    static final class RenderOnce {

        private RenderOnce() {}

        public static void main(String[] arguments) throws IOException {
            PhotoRenderer renderer = new PhotoRenderer(LADDER, MAX_PIXELS);
            for (String file : arguments) {
                Rendering rendering = renderer.render(Files.readAllBytes(Path.of(file)));
                System.out.println(
                        switch (rendering) {
                            case Rendering.Rendered(String format, int width, int height, var variants) ->
                                "%s %dx%d, %d variants".formatted(format, width, height, variants.size());
                            case Rendering.Refused(var reason) -> "refused: " + reason;
                        });
            }
        }
    }
}
