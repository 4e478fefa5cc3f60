package dev.printshop.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A program that runs to its end. Its output goes to a log file; every few seconds its latest line is shown as progress
 * of a long download or build.
 */
final class Command {

    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(5);
    private static final int LINES_SHOWN_ON_FAILURE = 30;

    private final Console console;
    private final Path directory;
    private final Path log;
    private final Map<String, String> environment;

    Command(Console console, Path directory, Path log, Map<String, String> environment) {
        this.console = console;
        this.directory = directory;
        this.log = log;
        this.environment = environment;
    }

    /**
     * Runs the program.
     *
     * @throws LocalCloudException when it fails, with the end of its output
     */
    void run(String what, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        // The user's AWS profile must be neither required nor used.
        builder.environment().remove("AWS_PROFILE");
        builder.environment().putAll(environment);
        Deque<String> lastLines = new ArrayDeque<>();
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            follow(process, lastLines);
            int status = process.waitFor();
            if (status != 0) {
                throw new LocalCloudException("%s failed (exit status %d). Its output is in %s and ends with:%n%n%s"
                        .formatted(
                                what,
                                status,
                                directory.relativize(log),
                                String.join(System.lineSeparator(), lastLines)));
            }
        } catch (IOException e) {
            throw new LocalCloudException("%s could not be run: %s".formatted(what, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException(what + " was interrupted", e);
        }
    }

    private void follow(Process process, Deque<String> lastLines) throws IOException {
        Instant start = Instant.now();
        Instant shown = start;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                Writer logFile = Files.newBufferedWriter(log)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                logFile.write(line + System.lineSeparator());
                if (line.isBlank()) {
                    continue;
                }
                lastLines.addLast(line);
                if (lastLines.size() > LINES_SHOWN_ON_FAILURE) {
                    lastLines.removeFirst();
                }
                Instant now = Instant.now();
                if (Duration.between(shown, now).compareTo(BETWEEN_SIGNS_OF_LIFE) > 0) {
                    shown = now;
                    console.line("… %s: %s", Console.seconds(Duration.between(start, now)), abbreviated(line));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String abbreviated(String line) {
        String plain = line.replaceAll("\u001B\\[[0-9;]*m", "").strip();
        return plain.length() <= 90 ? plain : plain.substring(0, 89) + "…";
    }
}
