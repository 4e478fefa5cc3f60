package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Finds the parcels that should have been heard of. */
public interface OverdueParcels {

    /**
     * Some of the parcels whose time to be overdue, given with {@link Parcels#write}, has come.
     *
     * <p>A parcel that is written with a later time, or none, is not found any more. So whoever deals with all that it
     * answered and then asks again, gets the next ones; and whoever stops half-way, for want of time, finds the rest
     * when it comes back.
     *
     * @param now parcels overdue at this time or before
     * @param limit how many at most
     * @param except parcels that were dealt with already, of which the index may not know yet, or in vain
     */
    List<ParcelId> overdue(Instant now, int limit, Set<ParcelId> except);
}
