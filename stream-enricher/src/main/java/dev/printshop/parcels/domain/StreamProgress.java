package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * @param readUpTo the stream's watermark; none when it was never measured
     * @param failures what went wrong with shards; the watermark may be behind what it could be
     */
    public record Outcome(Optional<Instant> readUpTo, List<RuntimeException> failures) {}

    /**
     * Raises the stream's watermark to the least of its open shards', and puts the next heartbeats. A shard's records
     * are read after those of the shards that it came from, so the open shards stand for all. One without a watermark
     * is new, and the stream's watermark stays.
     */
    public Outcome measure() {
        Map<String, Instant> known = watermarks.all();
        Optional<Instant> before = Optional.ofNullable(known.get(Watermarks.STREAM));
        List<RuntimeException> failures = new ArrayList<>();
        List<ScanShards.OpenShard> open = openShards(failures);
        Optional<Instant> least = known.keySet()
                        .containsAll(open.stream().map(ScanShards.OpenShard::id).toList())
                ? open.stream()
                        .flatMap(shard -> Optional.ofNullable(known.get(shard.id())).stream())
                        .min(Instant::compareTo)
                : Optional.empty();
        Optional<Instant> raised =
                least.filter(time -> before.filter(time::isAfter).isPresent() || before.isEmpty());
        raised.ifPresent(time -> watermarks.raise(Watermarks.STREAM, time));
        for (ScanShards.OpenShard shard : open) {
            try {
                shards.putHeartbeat(shard);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        return new Outcome(raised.or(() -> before), failures);
    }

    private List<ScanShards.OpenShard> openShards(List<RuntimeException> failures) {
        try {
            return shards.open();
        } catch (RuntimeException failure) {
            failures.add(failure);
            return List.of();
        }
    }
}
