package dev.printshop.photos.gallery.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.events.PhotoId;
import java.util.Optional;

/** Where photos and the counters of their owners are kept. */
public interface Gallery {

    /** The state of a photo, with every change that was written before; none when the gallery never heard of it. */
    Optional<PhotoState> find(PhotoId photo);

    /**
     * Writes the photo and the counters, both or none.
     *
     * @throws ConcurrentChangeException when nothing was written, because the photo's state is no longer the one that
     *     the change was decided on, or because somebody else is writing the same photo or profile just now
     */
    void write(GalleryChange change);
}
