package dev.printshop.photos.gallery.domain;

import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.GalleryUpdatedPublisher;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.util.Optional;

/**
 * Applies photo events to the gallery. It reads the photo's state, decides, and writes on condition that the state is
 * unchanged (optimistic locking); after a concurrent change it is retried. Then it announces which version of the photo
 * the gallery shows, so that variants that only earlier versions name can be removed. It does so for duplicates and
 * late events, too: the first attempt may have ended between the write and the announcement.
 */
public final class GalleryUpdater {

    private final Gallery gallery;
    private final GalleryUpdatedPublisher publisher;
    private final OptimisticAttempts attempts;

    public GalleryUpdater(Gallery gallery, GalleryUpdatedPublisher publisher, Backoff backoff) {
        this.gallery = gallery;
        this.publisher = publisher;
        this.attempts = new OptimisticAttempts(backoff);
    }

    /**
     * Applies an event.
     *
     * @return whether it changed the gallery: a duplicate or an outdated event doesn't
     * @throws dev.printshop.shared.concurrency.ConcurrentChangeException when every attempt had a conflict; a later
     *     retry may succeed
     */
    public boolean update(PhotoEvent event) {
        Applied applied = attempts.run(() -> apply(event));
        publisher.publish(new GalleryUpdated(event.photo(), applied.shown()));
        return applied.changed();
    }

    private Applied apply(PhotoEvent event) {
        Optional<PhotoState> seen = gallery.find(event.photo());
        Optional<GalleryChange> change = GalleryChange.of(seen, event);
        change.ifPresent(gallery::write);
        return change.isPresent()
                ? new Applied(true, event.version())
                : new Applied(false, seen.orElseThrow().version());
    }

    /**
     * The result of an event.
     *
     * @param changed whether the gallery was changed
     * @param shown the version that the gallery shows since
     */
    private record Applied(boolean changed, PhotoVersion shown) {}
}
