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
 * Measures how far the scan stream has been read. A heartbeat goes into each shard; the consumer that meets it has read
 * all that came before it, and raises the shard's watermark to the time at which the heartbeat came in. Without
 * heartbeats, a shard that no scan comes into would look like one that is not read.
 */
public final class StreamProgress {

    private final Watermarks watermarks;
    private final ScanShards shards;

    public StreamProgress(Watermarks watermarks, ScanShards shards) {
        this.watermarks = watermarks;
        this.shards = shards;
    }

    /**
     * What came of a measurement.
     *
     * @param readUpTo the stream's watermark; none when it was never measured, or can't be read
     * @param open the shards that take records; none when they can't be listed
     * @param failures what went wrong; the watermark may be behind what it could be
     */
    public record Outcome(
            Optional<Instant> readUpTo, List<ScanShards.OpenShard> open, List<RuntimeException> failures) {}

    /**
     * Raises the stream's watermark to the least of its open shards'. A shard's records are read after those of the
     * shards that it came from, so the open shards stand for all. One without a watermark is new, and the stream's
     * watermark stays. Nothing is thrown: a search can do without.
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
     * @param timeIsLeft whether there is time for one more; the shards that there is none for count as failures
     * @return what went wrong with shards; they get the next heartbeat
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
