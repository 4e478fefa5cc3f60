package dev.printshop.local.streams;

import java.time.Duration;
import java.time.Instant;

/**
 * A tumbling window: from its start (inclusive) to its end (exclusive). Windows are aligned to the epoch.
 *
 * @param start the first moment in it
 * @param end the first moment after it
 */
public record Window(Instant start, Instant end) {

    /** The window of this length that a moment is in. */
    public static Window of(Instant moment, Duration length) {
        long millis = length.toMillis();
        Instant start = Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), millis) * millis);
        return new Window(start, start.plus(length));
    }
}
