package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where parcels and their scans are kept. */
public interface Parcels extends KnownParcels {

    /**
     * Keeps scans in the history of their parcels. Keeping one again changes nothing.
     *
     * @return the parcels of which not all scans could be kept, and why; of the others all are
     */
    Map<ParcelId, RuntimeException> keep(Collection<Scan> scans);

    /** All scans of a parcel that were kept before, oldest first. */
    List<Scan> history(ParcelId id);

    /**
     * Writes what is known of a parcel, but for what was announced, which only {@link #markAnnounced} adds to.
     *
     * @param parcel as it was found, with changes, and with the version that was found
     * @param overdueAt when {@link OverdueParcels} is to find it
     * @throws ConcurrentChangeException when nothing was written, because the parcel was written since it was found
     */
    void write(Parcel parcel, Optional<Instant> overdueAt);

    /** Takes down that events with these {@linkplain dev.printshop.shared.events.ParcelEvent#key() keys} are out. */
    void markAnnounced(ParcelId id, Set<String> keys);
}
