package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The time up to which the scan stream has been read. Every scan that arrived in a shard before the shard's watermark
 * is in the history and the state of its parcel, or in the failure queue.
 */
public interface Watermarks {

    /** The name of the watermark of the whole stream, beside those of the shards; no shard has such an id. */
    String STREAM = "STREAM";

    /**
     * Raises a watermark. An earlier time than the stored one has no effect.
     *
     * @param name a shard's id, or {@link #STREAM}
     */
    void raise(String name, Instant readUpTo);

    /** All stored watermarks by their name, including those of closed shards. */
    Map<String, Instant> all();

    /**
     * The time until which all scans are known: the watermark of the whole stream, as last measured by {@link
     * StreamProgress}, but not after now. The epoch before the first measurement.
     */
    default Instant allReadUntil(Instant now) {
        return earlier(now, Optional.ofNullable(all().get(STREAM)));
    }

    /** The watermark of the whole stream, but not after now. */
    static Instant earlier(Instant now, Optional<Instant> ofStream) {
        return ofStream.filter(time -> time.isAfter(now)).map(_ -> now).orElseGet(() -> ofStream.orElse(Instant.EPOCH));
    }
}
