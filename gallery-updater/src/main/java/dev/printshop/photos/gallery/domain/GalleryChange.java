package dev.printshop.photos.gallery.domain;

import dev.printshop.shared.events.PhotoEvent;
import java.util.Optional;

/**
 * A step of the gallery: the photo as an event tells it, in place of what was seen, and the counters that follow.
 *
 * @param seen the photo's state that the change was decided on, none for a photo that is new; the change is only right
 *     as long as it still holds
 * @param event what the photo is from now on
 * @param counters what to add to the counters of the photo's owner
 */
public record GalleryChange(Optional<PhotoState> seen, PhotoEvent event, CounterChange counters) {

    /**
     * What an event changes; nothing when the photo's state already is that of the event, or of a later one. This is
     * what makes the gallery independent of how often and in which order events arrive: the latest version wins, and
     * each counts once.
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
