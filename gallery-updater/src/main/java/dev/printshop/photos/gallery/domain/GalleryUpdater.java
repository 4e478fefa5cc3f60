package dev.printshop.photos.gallery.domain;

import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.GalleryUpdated;
import dev.printshop.shared.events.GalleryUpdatedPublisher;
import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoVersion;
import java.util.Optional;

/**
 * Applies photo events to the gallery. It reads the photo's state, decides, and writes on condition that the state is
 * still the same; after a concurrent change it begins again. Then it announces which version of the photo the gallery
 * shows, so that what only earlier versions name can be removed. It does so for duplicates and late events, too: the
 * first try may have ended between the write and the announcement.
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
     * @return whether that changed anything: a duplicate, or an event that a later one overtook, doesn't
     * @throws dev.printshop.shared.concurrency.ConcurrentChangeException when every attempt met a concurrent change;
     *     worth another try later
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
     * What came of an event.
     *
     * @param changed whether the gallery was changed
     * @param shown the version that the gallery shows since
     */
    private record Applied(boolean changed, PhotoVersion shown) {}
}
