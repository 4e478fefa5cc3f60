package dev.printshop.photos.resizing.imaging;

import static java.util.Objects.requireNonNull;

import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.Rendering.Rendered;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Measures the time for the variants of one photo in comparison with sharp, alternately, and compares their quality.
 * Run by {@code bench/images/run.sh}.
 *
 * <p>The argument is the folder of {@code sharp.mjs}.
 */
public final class ImageBenchmark {

    private static final int WIDTH = 2725;
    private static final int HEIGHT = 2225;
    private static final int WARM_UP_ROUNDS = 40;
    private static final int ROUNDS = 60;
    private static final List<String> WAYS_OF_SHARP =
            List.of("eachFromFile", "othersFromLargest", "eachFromNextLarger");
    private static final VariantLadder LADDER = VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150");

    private final PhotoRenderer renderer = new PhotoRenderer(LADDER, 100_000_000);
    private final Map<String, List<Double>> times = new HashMap<>();
    private final byte[] photo;

    private ImageBenchmark(byte[] photo) {
        this.photo = photo;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-images");
        Path photo = folder.resolve("photo.jpg");
        Files.write(photo, BenchmarkPicture.jpeg(WIDTH, HEIGHT));
        Process sharp = new ProcessBuilder("node", "sharp.mjs", photo.toString(), folder.toString())
                .directory(Path.of(arguments[0]).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = sharp.inputReader();
                PrintWriter orders = new PrintWriter(sharp.outputWriter(), true)) {
            new ImageBenchmark(Files.readAllBytes(photo)).run(orders, answers, folder);
        }
        sharp.waitFor();
    }

    private void run(PrintWriter orders, BufferedReader answers, Path folder) throws IOException {
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            boolean counts = round >= WARM_UP_ROUNDS;
            for (String way : WAYS_OF_SHARP) {
                orders.println(way);
                record("sharp " + way, Double.parseDouble(answers.readLine()), counts);
                long start = System.nanoTime();
                renderer.render(photo);
                record("printshop", (System.nanoTime() - start) / 1e6, counts);
            }
        }
        System.out.printf("The ladder of four from a photo of %d x %d, %,d bytes%n", WIDTH, HEIGHT, photo.length);
        times.forEach((name, values) ->
                System.out.printf("%-28s median %6.1f ms, best %6.1f ms%n", name, median(values), values.getFirst()));
        double best = WAYS_OF_SHARP.stream()
                .mapToDouble(way -> median(requireNonNull(times.get("sharp " + way))))
                .min()
                .orElseThrow();
        System.out.printf(
                "Ratio to the fastest way of sharp: %.2f%n", median(requireNonNull(times.get("printshop"))) / best);
        compareQuality(folder);
    }

    private void record(String name, double milliseconds, boolean counts) {
        if (counts) {
            times.computeIfAbsent(name, key -> new ArrayList<>()).add(milliseconds);
        }
    }

    private static double median(List<Double> values) {
        values.sort(null);
        return values.get(values.size() / 2);
    }

    private void compareQuality(Path folder) throws IOException {
        BufferedImage original = ImageIO.read(new ByteArrayInputStream(photo));
        Rendered rendered = (Rendered) renderer.render(photo);
        for (RenderedVariant variant : rendered.variants()) {
            double[] reference = AreaAverage.luma(original, variant.width(), variant.height());
            byte[] other = Files.readAllBytes(folder.resolve(variant.name() + ".jpg"));
            System.out.printf(
                    "SSIM of %-6s printshop %.4f (%,d bytes), sharp %.4f (%,d bytes)%n",
                    variant.name(),
                    Ssim.of(reference, luma(variant.content()), variant.width()),
                    variant.content().length,
                    Ssim.of(reference, luma(other), variant.width()),
                    other.length);
        }
    }

    private static double[] luma(byte[] file) {
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
            return AreaAverage.luma(picture, picture.getWidth(), picture.getHeight());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
