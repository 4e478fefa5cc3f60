package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.util.Optional;

/** The latest decision for each photo. Each replaces the one that it was made in view of, and no other. */
public interface Decisions {

    /** The latest decision for a photo, with every one that was stored before. */
    Optional<Stored> latest(PhotoId photo);

    /**
     * Stores a decision.
     *
     * @param seen the latest decision that the caller knew
     * @throws ConcurrentChangeException when nothing was stored, because it is no longer the latest one
     */
    void replace(Optional<Stored> seen, Decision decision);

    /**
     * A stored decision.
     *
     * @param version the state of the photo that it is about
     * @param decision the decision; empty if it is of a kind that only a later version of the code knows, which was
     *     rolled back
     * @param revision identifies what is stored; only {@link #replace} makes use of it
     */
    record Stored(PhotoVersion version, Optional<Decision> decision, String revision) {

        /** A decision that can be read. */
        public Stored(Decision decision, String revision) {
            this(decision.version(), Optional.of(decision), revision);
        }
    }
}
