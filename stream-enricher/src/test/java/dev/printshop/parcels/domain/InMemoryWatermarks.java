package dev.printshop.parcels.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Watermarks in memory, and a table that can fail. */
public final class InMemoryWatermarks implements Watermarks {

    private final Map<String, Instant> watermarks = new HashMap<>();

    /** What happens before and after a watermark is raised. */
    public Runnable trouble = () -> {};

    @Override
    public void raise(String name, Instant readUpTo) {
        trouble.run();
        watermarks.merge(
                name,
                readUpTo.truncatedTo(ChronoUnit.MILLIS),
                (known, raised) -> raised.isAfter(known) ? raised : known);
        trouble.run();
    }

    /** What happens before the watermarks are read. */
    public Runnable readingTrouble = () -> {};

    @Override
    public Map<String, Instant> all() {
        readingTrouble.run();
        return Map.copyOf(watermarks);
    }
}
