package dev.printshop.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for a condition by polling, never for a fixed time. */
public final class Pause {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private Pause() {}

    /** Waits between two checks. */
    static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted while waiting", e);
        }
    }

    /**
     * Polls until there is a result.
     *
     * @param what for the message, as in "a gallery item for photo anna/1"
     * @throws LocalCloudException when the time is up
     */
    public static <T> T until(String what, Duration atMost, Supplier<Optional<T>> look) {
        Instant deadline = Instant.now().plus(atMost);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new LocalCloudException(
                        "Timed out after %s while waiting for %s".formatted(Console.seconds(atMost), what));
            }
            of(POLL_INTERVAL);
        }
    }
}
