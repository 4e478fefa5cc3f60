package dev.printshop.local;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The output for the user: each step at its beginning, its result, and its duration. */
public final class Console {

    private final PrintStream out;

    public Console(PrintStream out) {
        this.out = out;
    }

    /** A step with a result. */
    @FunctionalInterface
    public interface Step<T> {
        T run();
    }

    /** Runs a step between its title and its duration. */
    public <T> T step(String title, Step<T> step) {
        out.println();
        out.println("▶ " + title);
        Instant start = Instant.now();
        T result = step.run();
        out.println("  ✓ " + seconds(Duration.between(start, Instant.now())));
        return result;
    }

    /** Runs a step without a result. */
    public void step(String title, Runnable step) {
        step(title, () -> {
            step.run();
            return 0;
        });
    }

    /** A line of the result. */
    public void line(String text, Object... values) {
        out.println("    " + (values.length == 0 ? text : text.formatted(values)));
    }

    /** The complete output of another console. */
    public void print(String output) {
        out.print(output);
    }

    /** A headline. */
    public void headline(String text) {
        out.println();
        out.println(text);
    }

    /** A duration in readable form. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
