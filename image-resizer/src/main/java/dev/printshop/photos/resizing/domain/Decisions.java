package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.Optional;

/**
 * The latest decision for each photo. Each one replaces exactly the decision that was read before (optimistic locking).
 */
public interface Decisions {

    /** The latest decision for a photo, by a consistent read. */
    Optional<Stored> latest(PhotoId photo);

    /**
     * Stores a decision.
     *
     * @param seen the latest decision that the caller has read
     * @throws ConcurrentChangeException when nothing was stored because it is no longer the latest one
     */
    void replace(Optional<Stored> seen, Decision decision);

    /**
     * A stored decision.
     *
     * @param version the state of the photo that it is about
     * @param decision the decision; empty if only a later version of the code, which was rolled back, can read it
     * @param revision identifies the stored revision, for {@link #replace} only
     */
    record Stored(PhotoVersion version, Optional<Decision> decision, String revision) {

        /** A decision that can be read. */
        public Stored(Decision decision, String revision) {
            this(decision.version(), Optional.of(decision), revision);
        }
    }
}
