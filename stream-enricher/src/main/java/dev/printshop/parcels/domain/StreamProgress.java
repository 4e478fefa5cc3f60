package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.NoTimeLeftException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Measures how far the scan stream has been read. A heartbeat is put into each shard. When the consumer reads it, it
 * has read all earlier records, and raises the shard's watermark to the heartbeat's arrival time. Without heartbeats, a
 * shard without scans could not be distinguished from one that is not read.
 */
public final class StreamProgress {

    private final Watermarks watermarks;
    private final ScanShards shards;

    public StreamProgress(Watermarks watermarks, ScanShards shards) {
        this.watermarks = watermarks;
        this.shards = shards;
    }

    /**
     * The result of a measurement.
     *
     * @param readUpTo the stream's watermark; none when it was never measured, or can't be read
     * @param open the shards that accept records; none when they can't be listed
     * @param failures the failures; because of them the watermark may be too early
     */
    public record Outcome(
            Optional<Instant> readUpTo, List<ScanShards.OpenShard> open, List<RuntimeException> failures) {}

    /**
     * Raises the stream's watermark to the earliest one of its open shards. A shard's records are read after those of
     * its parents, so the open shards are sufficient. A shard without a watermark is new, and the stream's watermark
     * doesn't change. Nothing is thrown: a search works with an earlier watermark.
     */
    public Outcome measure() {
        List<RuntimeException> failures = new ArrayList<>();
        List<ScanShards.OpenShard> open = tried(shards::open, failures).orElse(List.of());
        Optional<Instant> readUpTo = tried(watermarks::all, failures).flatMap(known -> readUpTo(known, open, failures));
        return new Outcome(readUpTo, open, failures);
    }

    private Optional<Instant> readUpTo(
            Map<String, Instant> known, List<ScanShards.OpenShard> open, List<RuntimeException> failures) {
        Optional<Instant> before = Optional.ofNullable(known.get(Watermarks.STREAM));
        boolean allKnown = open.stream().map(ScanShards.OpenShard::id).allMatch(known::containsKey);
        return open.stream()
                .flatMap(shard -> Optional.ofNullable(known.get(shard.id())).stream())
                .min(Instant::compareTo)
                .filter(_ -> allKnown)
                .filter(least -> before.isEmpty() || least.isAfter(before.get()))
                .flatMap(least -> tried(
                        () -> {
                            watermarks.raise(Watermarks.STREAM, least);
                            return least;
                        },
                        failures))
                .or(() -> before);
    }

    /**
     * Puts the next heartbeats.
     *
     * @param timeIsLeft whether there is time for one more; shards without time left count as failures
     * @return the failures of shards; the next heartbeat replaces the failed one
     */
    public List<RuntimeException> putHeartbeats(List<ScanShards.OpenShard> open, BooleanSupplier timeIsLeft) {
        List<RuntimeException> failures = new ArrayList<>();
        for (ScanShards.OpenShard shard : open) {
            try {
                if (!timeIsLeft.getAsBoolean()) {
                    throw new NoTimeLeftException("No time left for the heartbeat of " + shard.id());
                }
                shards.putHeartbeat(shard);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        return failures;
    }

    private static <T> Optional<T> tried(Supplier<T> call, List<RuntimeException> failures) {
        try {
            return Optional.of(call.get());
        } catch (RuntimeException e) {
            failures.add(e);
            return Optional.empty();
        }
    }
}
