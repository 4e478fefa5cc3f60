package dev.printshop.photos.gallery.domain;

import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.PhotoEvent;
import java.util.Optional;

/**
 * Brings the news into the gallery. It reads the photo's state, decides, and writes on condition that the state is
 * still the same; when somebody else was quicker, it begins again.
 */
public final class GalleryUpdater {

    private final Gallery gallery;
    private final OptimisticAttempts attempts;

    public GalleryUpdater(Gallery gallery, Backoff backoff) {
        this.gallery = gallery;
        this.attempts = new OptimisticAttempts(backoff);
    }

    /**
     * Brings the gallery up to an event.
     *
     * @return whether that changed anything: a duplicate, or an event that a later one overtook, doesn't
     * @throws dev.printshop.shared.concurrency.ConcurrentChangeException when others were quicker every time; worth
     *     another try later
     */
    public boolean update(PhotoEvent event) {
        return attempts.run(() -> {
            Optional<GalleryChange> change = GalleryChange.of(gallery.find(event.photo()), event);
            change.ifPresent(gallery::write);
            return change.isPresent();
        });
    }
}
