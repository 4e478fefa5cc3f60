package dev.printshop.photos.gallery.domain;

import dev.printshop.shared.events.PhotoEvent;
import java.util.Optional;

/**
 * Brings the news into the gallery. It reads the photo's state, decides, and writes on condition that the state is
 * still the same; when somebody else was quicker, it begins again.
 */
public final class GalleryUpdater {

    /** With {@link JitteredBackoff} all attempts together take 1 second on average and 2.3 at most. */
    static final int MAX_ATTEMPTS = 8;

    private final Gallery gallery;
    private final Backoff backoff;

    public GalleryUpdater(Gallery gallery, Backoff backoff) {
        this.gallery = gallery;
        this.backoff = backoff;
    }

    /**
     * Brings the gallery up to an event.
     *
     * @return whether that changed anything: a duplicate, or an event that a later one overtook, doesn't
     * @throws ConcurrentChangeException when others were quicker {@value #MAX_ATTEMPTS} times; worth another try later
     */
    public boolean update(PhotoEvent event) {
        for (int attempt = 1; ; attempt++) {
            Optional<GalleryChange> change = GalleryChange.of(gallery.find(event.photo()), event);
            if (change.isEmpty()) {
                return false;
            }
            try {
                gallery.write(change.get());
                return true;
            } catch (ConcurrentChangeException othersWereQuicker) {
                if (attempt == MAX_ATTEMPTS) {
                    throw othersWereQuicker;
                }
                backoff.pause(attempt);
            }
        }
    }
}
