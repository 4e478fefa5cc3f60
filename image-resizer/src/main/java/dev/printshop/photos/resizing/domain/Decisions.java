package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.events.PhotoId;
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
     * @param decision the decision
     * @param revision identifies what is stored; only {@link #replace} makes use of it
     */
    record Stored(Decision decision, String revision) {}
}
