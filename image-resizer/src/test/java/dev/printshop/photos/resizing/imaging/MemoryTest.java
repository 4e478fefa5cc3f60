package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large photos are rendered in a JVM of their own, whose heap is far smaller than the 1,503 MB of the function. */
class MemoryTest {

    @TempDir
    private Path folder;

    @Test
    void photoOf24Megapixels_isRenderedIn300Megabytes() throws Exception {
        assertThat(renderWithHeapOf(300, TestPictures.quartersAs("jpeg", 6_000, 4_000)))
                .isEqualTo("JPEG 6000x4000, 4 variants");
    }

    @Test
    void progressivePhotoOf24Megapixels_isRenderedIn700Megabytes() throws Exception {
        // ImageIO needs all coefficients of such a file before it knows the first pixel.
        byte[] photo = TestPictures.progressiveJpeg(TestPictures.quarters(6_000, 4_000, BufferedImage.TYPE_INT_RGB));

        assertThat(renderWithHeapOf(700, photo)).isEqualTo("JPEG 6000x4000, 4 variants");
    }

    @Test
    void pictureAtTheLimitOf100Megapixels_isRenderedIn700Megabytes() throws Exception {
        assertThat(renderWithHeapOf(700, TestPictures.quartersAs("png", 10_000, 10_000)))
                .isEqualTo("PNG 10000x10000, 4 variants");
    }

    private String renderWithHeapOf(int megabytes, byte[] photo) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("photo"), photo);
        Process renderer = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx" + megabytes + "m",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RenderOnce.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(renderer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(renderer.waitFor()).as(output).isZero();
        return output.strip();
    }

    /** The program of that JVM. */
    static final class RenderOnce {

        private RenderOnce() {}

        public static void main(String[] arguments) throws IOException {
            PhotoRenderer renderer = new PhotoRenderer(
                    VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000);
            Rendering rendering = renderer.render(Files.readAllBytes(Path.of(arguments[0])));
            System.out.println(
                    switch (rendering) {
                        case Rendering.Rendered(String format, int width, int height, var variants) ->
                            "%s %dx%d, %d variants".formatted(format, width, height, variants.size());
                        case Rendering.Refused(var reason) -> "refused: " + reason;
                    });
        }
    }
}
