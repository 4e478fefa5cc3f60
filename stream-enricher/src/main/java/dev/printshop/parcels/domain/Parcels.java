package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The store of parcels and their scans. */
public interface Parcels extends KnownParcels {

    /**
     * The result of storing scans.
     *
     * @param stored the scans of the history in the {@linkplain Scan#place() places} of the scans, in their order, one
     *     for each place
     * @param refused scans that are not in the history, because others with the same places and different content were
     *     stored before
     * @param failures the parcels of which not all scans could be stored, and why; the other lists don't contain them
     */
    record Kept(List<Scan> stored, List<Scan> refused, Map<ParcelId, RuntimeException> failures) {}

    /**
     * Stores scans in the history of their parcels. A stored scan never changes: storing it is idempotent, and one with
     * the same place and different content is refused, also when both are stored at the same time.
     */
    Kept keep(Collection<Scan> scans);

    /** All stored scans of a parcel, oldest first. */
    List<Scan> history(ParcelId id);

    /**
     * Writes the state of a parcel without the announced keys, which only {@link #markAnnounced} changes.
     *
     * @param parcel as it was read, with changes, and with the version that was read
     * @return the parcel with its new version
     * @throws ConcurrentChangeException when nothing was written because the parcel has changed since it was read
     *     (optimistic locking)
     */
    Parcel write(Parcel parcel);

    /**
     * Adds keys of published events, and makes the parcel due at its {@link Parcel#overdueAt}. If the parcel has
     * changed since it was read, the time of the other writer stays, because its state may contain further events to
     * announce.
     *
     * @param parcel as it was written or read, with the keys and the resulting time
     * @param keys the {@linkplain dev.printshop.events.parcels.ParcelEvent#key() keys} to add
     */
    void markAnnounced(Parcel parcel, Set<String> keys);
}
