package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Up to which time the scan stream has been read. Every scan that came into a shard before the shard's watermark is in
 * the history and the state of its parcel, or in the failure queue.
 */
public interface Watermarks {

    /** The name of the watermark of the whole stream, beside those of the shards; no shard has such an id. */
    String STREAM = "STREAM";

    /**
     * Raises a watermark. An earlier time than the one that is known changes nothing.
     *
     * @param name a shard's id, or {@link #STREAM}
     */
    void raise(String name, Instant readUpTo);

    /** All watermarks that are known, by their name, among them those of shards that are closed. */
    Map<String, Instant> all();

    /**
     * Until when all scans are known: up to the watermark of the whole stream, as {@link StreamProgress} measured it
     * last, but not after now. The epoch before it was measured.
     */
    default Instant allReadUntil(Instant now) {
        return earlier(now, Optional.ofNullable(all().get(STREAM)));
    }

    /** The watermark of the whole stream, but not after now. */
    static Instant earlier(Instant now, Optional<Instant> ofStream) {
        return ofStream.filter(time -> time.isAfter(now)).map(_ -> now).orElseGet(() -> ofStream.orElse(Instant.EPOCH));
    }
}
