package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/**
 * Renders damaged files of all formats in a separate JVM, with a heap as large as the function's. The seeds are always
 * the same, so that a failure can be repeated; {@code make fuzz-photos} uses others for a given time.
 */
class PhotoFuzzTest {

    /** About a minute of one processor. A number, not a time, so that each run renders the same files. */
    private static final String FILES = "25000";

    private static final int LINES_OF_A_FAILURE = 60;

    @Test
    void damagedFile_isRenderedOrRefused() throws IOException, InterruptedException {
        String seed = System.getProperty("fuzz.seed", "1");
        String count = System.getProperty("fuzz.count", FILES);
        String minutes = System.getProperty("fuzz.minutes", "30");
        Path folder = Path.of("target", "fuzz").toAbsolutePath();
        Process fuzz = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx1200m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PhotoFuzz.class.getName(),
                        seed,
                        count,
                        minutes,
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        Deque<String> lastLines = new ArrayDeque<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(fuzz.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lastLines.addLast(line);
                if (lastLines.size() > LINES_OF_A_FAILURE) {
                    lastLines.removeFirst();
                }
            }
        }
        assertThat(fuzz.waitFor())
                .as(
                        "The file of the last seed is in %s (first seed %s):%n%s",
                        folder, seed, String.join("\n", lastLines))
                .isZero();
        System.out.println(lastLines.getLast());
    }
}
