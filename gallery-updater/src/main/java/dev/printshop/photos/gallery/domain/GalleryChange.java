package dev.printshop.photos.gallery.domain;

import dev.printshop.events.photos.PhotoEvent;
import java.util.Optional;

/**
 * A change of the gallery: the photo's state by an event, which replaces the state that was read, and the changes of
 * the counters.
 *
 * @param seen the photo's state on which the change is based, empty for a new photo; the change is only valid while
 *     this state is current
 * @param event the event with the new state of the photo
 * @param counters what to add to the counters of the photo's owner
 */
public record GalleryChange(Optional<PhotoState> seen, PhotoEvent event, CounterChange counters) {

    /**
     * The change by an event; empty when the photo's state is already that of the event, or of a later one. So updates
     * are idempotent and independent of the order of events: the latest version wins, and each counts once.
     */
    public static Optional<GalleryChange> of(Optional<PhotoState> seen, PhotoEvent event) {
        boolean isNews = seen.isEmpty() || event.version().isAfter(seen.get().version());
        if (!isNews) {
            return Optional.empty();
        }
        CounterChange counters = CounterChange.between(seen.map(PhotoState::status), PhotoStatus.after(event));
        return Optional.of(new GalleryChange(seen, event, counters));
    }
}
