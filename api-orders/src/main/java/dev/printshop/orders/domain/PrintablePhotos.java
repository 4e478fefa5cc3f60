package dev.printshop.orders.domain;

import dev.printshop.events.photos.PhotoId;
import java.util.Collection;
import java.util.Map;

/** What orders need to know of all photos: a read model of the photo events. */
public interface PrintablePhotos {

    /** The photos with these ids, by a consistent read; without those that no event was about. */
    Map<PhotoId, PrintablePhoto> find(Collection<PhotoId> ids);

    /**
     * Stores a photo, unless this version of it or a later one is stored. So the latest version wins, whatever the
     * order of the events, and repetitions change nothing.
     *
     * @return whether it was stored
     */
    boolean store(PrintablePhoto photo);
}
