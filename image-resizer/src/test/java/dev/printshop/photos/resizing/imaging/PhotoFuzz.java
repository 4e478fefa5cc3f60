package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The program of the JVM in which {@link PhotoFuzzTest} renders damaged files. It prints the seed of each file before
 * it is rendered, so that the last one is known when the JVM runs out of memory.
 */
final class PhotoFuzz {

    /** The CPU time after which a file counts as hanging. */
    private static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private PhotoFuzz() {}

    /**
     * Renders files until their number or the time is reached.
     *
     * @param arguments the first seed, the number of files, the number of minutes, and the folder for files that fail
     */
    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.parseLong(arguments[2]));
        Path folder = Files.createDirectories(Path.of(arguments[3]));
        PhotoRenderer renderer =
                new PhotoRenderer(VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000);
        List<byte[]> corpus = FuzzCorpus.files();
        AtomicLong startedAt = new AtomicLong(Long.MAX_VALUE);
        watch(Thread.currentThread().threadId(), startedAt);
        Map<String, Integer> outcomes = new TreeMap<>();
        long slowest = 0;
        long slowestSeed = first;
        for (long seed = first; seed < first + count && System.nanoTime() < end; seed++) {
            byte[] file = new Mutations(new Random(seed), corpus).next();
            Path kept = Files.write(folder.resolve("seed-" + seed), file);
            System.out.printf("%nseed %d ", seed); // the log's entries don't end with a line's end
            long start = processorNanos();
            startedAt.set(start);
            Rendering rendering = renderer.render(file);
            startedAt.set(Long.MAX_VALUE);
            Files.delete(kept);
            long took = processorNanos() - start;
            if (took > slowest) {
                slowest = took;
                slowestSeed = seed;
            }
            String format = PictureFormat.of(file).map(Enum::name).orElse("other");
            outcomes.merge(
                    switch (rendering) {
                        case Rendering.Rendered rendered -> format + " READY";
                        case Rendering.Refused(var reason) -> format + " " + reason;
                    },
                    1,
                    Integer::sum);
        }
        System.out.printf(
                "%n%d files, %s, the slowest took %d ms: seed %d%n",
                outcomes.values().stream().mapToInt(n -> n).sum(), outcomes, slowest / 1_000_000, slowestSeed);
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Ends the JVM when a file takes too long. */
    private static void watch(long renderer, AtomicLong startedAt) {
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    Thread.sleep(500);
                } catch (InterruptedException _) {
                    return;
                }
                long now = ManagementFactory.getThreadMXBean().getThreadCpuTime(renderer);
                if (now - startedAt.get() > HANGS_NANOS) {
                    System.out.printf("%nhangs%n");
                    Runtime.getRuntime().halt(3);
                }
            }
        });
    }
}
