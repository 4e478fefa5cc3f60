package dev.printshop.parcels.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** In-memory watermarks with failure injection. */
public final class InMemoryWatermarks implements Watermarks {

    private final Map<String, Instant> watermarks = new HashMap<>();

    /** Code to run before and after a watermark is raised. */
    public Runnable failure = () -> {};

    @Override
    public void raise(String name, Instant readUpTo) {
        failure.run();
        watermarks.merge(
                name,
                readUpTo.truncatedTo(ChronoUnit.MILLIS),
                (known, raised) -> raised.isAfter(known) ? raised : known);
        failure.run();
    }

    /** Code to run before the watermarks are read. */
    public Runnable readingTrouble = () -> {};

    @Override
    public Map<String, Instant> all() {
        readingTrouble.run();
        return Map.copyOf(watermarks);
    }
}
