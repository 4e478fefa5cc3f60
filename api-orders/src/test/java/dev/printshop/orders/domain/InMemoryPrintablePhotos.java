package dev.printshop.orders.domain;

import dev.printshop.events.photos.PhotoId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Photos in memory, which fulfil the contract of the port. */
public final class InMemoryPrintablePhotos implements PrintablePhotos {

    private final Map<PhotoId, PrintablePhoto> photos = new HashMap<>();
    private Predicate<PhotoId> outOfReach = _ -> false;
    private int finds;

    @Override
    public synchronized Map<PhotoId, PrintablePhoto> find(Collection<PhotoId> ids) {
        finds++;
        ids.forEach(this::fail);
        Map<PhotoId, PrintablePhoto> found = new HashMap<>(photos);
        found.keySet().retainAll(ids);
        return found;
    }

    @Override
    public synchronized boolean store(PrintablePhoto photo) {
        fail(photo.photo());
        PrintablePhoto current = photos.get(photo.photo());
        if (current != null && !photo.version().isAfter(current.version())) {
            return false;
        }
        photos.put(photo.photo(), photo);
        return true;
    }

    private void fail(PhotoId photo) {
        if (outOfReach.test(photo)) {
            throw new IllegalStateException("The database is out of reach");
        }
    }

    /** Decides for which photos calls fail from now on. */
    public void failFor(Predicate<PhotoId> photos) {
        outOfReach = photos;
    }

    /** All photos. */
    public synchronized Map<PhotoId, PrintablePhoto> all() {
        return Map.copyOf(photos);
    }

    /** The number of calls of {@link #find}. */
    public synchronized int finds() {
        return finds;
    }
}
