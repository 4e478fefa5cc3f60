package dev.printshop.photos.gallery.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.Optional;

/** The store of photos and of the counters of their owners. */
public interface Gallery {

    /** The state of a photo, by a consistent read; empty for an unknown photo. */
    Optional<PhotoState> find(PhotoId photo);

    /**
     * Writes the photo and the counters in one transaction.
     *
     * @throws ConcurrentChangeException when nothing was written because the photo's state has changed since it was
     *     read, or because of a concurrent write of the same photo or profile
     */
    void write(GalleryChange change);
}
