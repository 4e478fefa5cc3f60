package dev.printshop.local;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the person at the keyboard sees: each step as it begins, what came out of it, and how long it took. */
public final class Console {

    private final PrintStream out;

    public Console(PrintStream out) {
        this.out = out;
    }

    /** A step that answers something. */
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

    /** Runs a step that answers nothing. */
    public void step(String title, Runnable step) {
        step(title, () -> {
            step.run();
            return 0;
        });
    }

    /** A line of what came out. */
    public void line(String text, Object... values) {
        out.println("    " + (values.length == 0 ? text : text.formatted(values)));
    }

    /** A line that begins something new. */
    public void headline(String text) {
        out.println();
        out.println(text);
    }

    /** A duration as people read it. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
