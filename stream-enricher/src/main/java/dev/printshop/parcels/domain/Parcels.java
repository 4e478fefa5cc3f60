package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.events.ParcelId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where parcels and their scans are kept. */
public interface Parcels extends KnownParcels {

    /**
     * What became of scans that were to be kept.
     *
     * @param stored what the history has in the {@linkplain Scan#place() places} of the scans, in their order, one for
     *     each place
     * @param refused scans that are not in the history, because others, with the same places and other content, were
     *     stored before
     * @param failures the parcels of which not all scans could be kept, and why; nothing else is said of them
     */
    record Kept(List<Scan> stored, List<Scan> refused, Map<ParcelId, RuntimeException> failures) {}

    /**
     * Keeps scans in the history of their parcels. A scan that is stored never changes: keeping it again has no effect,
     * and one with the same place and other content is refused, also when both are kept at the same time.
     */
    Kept keep(Collection<Scan> scans);

    /** All scans of a parcel that were kept before, oldest first. */
    List<Scan> history(ParcelId id);

    /**
     * Writes what is known of a parcel, but for what was announced, which only {@link #markAnnounced} adds to.
     *
     * @param parcel as it was found, with changes, and with the version that was found
     * @return the parcel with its new version
     * @throws ConcurrentChangeException when nothing was written, because the parcel was written since it was found
     */
    Parcel write(Parcel parcel);

    /**
     * Adds keys of events that are out, and makes the parcel due at its {@link Parcel#overdueAt}, unless it was written
     * since. Then the time stays that of the other writer, who may have events to announce that this one knows nothing
     * of.
     *
     * @param parcel as it was written or found, with the keys and with the time that follows
     * @param keys the {@linkplain dev.printshop.shared.events.ParcelEvent#key() keys} that are new
     */
    void markAnnounced(Parcel parcel, Set<String> keys);
}
