package dev.printshop.photos.gallery.domain;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An in-memory gallery that fulfils the contract of the port: it writes photo and counters together, and only if the
 * photo's state is unchanged since it was read. Failures are injected beforehand, in their order.
 */
public final class InMemoryGallery implements Gallery {

    /** The counters of an owner. */
    public record Profile(int photosReady, int photosRejected) {

        public static final Profile EMPTY = new Profile(0, 0);

        Profile plus(CounterChange change) {
            return new Profile(photosReady + change.photosReady(), photosRejected + change.photosRejected());
        }
    }

    /** The outcome of a call. */
    public enum Fate {
        SUCCEEDS,
        /** The database is unreachable or throttles: the call has no effect. */
        FAILS_BEFORE,
        /** The call takes effect, but the answer is lost, or the function ends before it gets it. */
        FAILS_AFTER,
        /** A concurrent write of the same profile: the call has no effect. */
        CONFLICTS
    }

    private final Map<PhotoId, PhotoEvent> photos = new HashMap<>();
    private final Map<String, Profile> profiles = new TreeMap<>();
    private final Deque<Fate> fatesOfFinds = new ArrayDeque<>();
    private final Deque<Fate> fatesOfWrites = new ArrayDeque<>();
    private Runnable beforeNextWrite = () -> {};
    private int writes;

    @Override
    public synchronized Optional<PhotoState> find(PhotoId photo) {
        fail(nextOf(fatesOfFinds) != Fate.SUCCEEDS);
        return state(photo);
    }

    @Override
    public synchronized void write(GalleryChange change) {
        Runnable others = beforeNextWrite;
        beforeNextWrite = () -> {};
        others.run();
        Fate fate = nextOf(fatesOfWrites);
        fail(fate == Fate.FAILS_BEFORE);
        PhotoId photo = change.event().photo();
        if (fate == Fate.CONFLICTS || !state(photo).equals(change.seen())) {
            throw new ConcurrentChangeException("Photo %s was changed by others".formatted(photo));
        }
        photos.put(photo, change.event());
        if (!change.counters().isNone()) {
            profiles.put(photo.owner(), profile(photo.owner()).plus(change.counters()));
        }
        writes++;
        fail(fate == Fate.FAILS_AFTER);
    }

    private Optional<PhotoState> state(PhotoId photo) {
        return Optional.ofNullable(photos.get(photo))
                .map(event -> new PhotoState(event.version(), PhotoStatus.after(event)));
    }

    private static Fate nextOf(Deque<Fate> fates) {
        return fates.isEmpty() ? Fate.SUCCEEDS : fates.remove();
    }

    private static void fail(boolean yes) {
        if (yes) {
            throw new IllegalStateException("The database is out of reach");
        }
    }

    /** Decides the next calls of {@link #find}; those after them succeed. */
    public void nextFinds(Fate... fates) {
        fatesOfFinds.addAll(List.of(fates));
    }

    /** Decides the next calls of {@link #write}; those after them succeed. */
    public void nextWrites(Fate... fates) {
        fatesOfWrites.addAll(List.of(fates));
    }

    /** A concurrent change between the read of the photo and the write. */
    public void beforeNextWrite(Runnable others) {
        beforeNextWrite = others;
    }

    /** The current event of each photo. */
    public synchronized Map<PhotoId, PhotoEvent> photos() {
        return Map.copyOf(photos);
    }

    /** The counters of all owners who have any. */
    public synchronized Map<String, Profile> profiles() {
        return Map.copyOf(profiles);
    }

    public synchronized Profile profile(String owner) {
        return profiles.getOrDefault(owner, Profile.EMPTY);
    }

    /** The number of writes. */
    public synchronized int writes() {
        return writes;
    }
}
