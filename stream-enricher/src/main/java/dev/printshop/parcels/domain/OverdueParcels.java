package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Finds the parcels that have something to announce, or that may be overdue at their next stop. */
public interface OverdueParcels {

    /**
     * Reads the parcels that are stored with a {@linkplain Parcel#overdueAt time} up to the given one, a page at a
     * time. In each segment of the index, those with events to announce come first. The index is eventually consistent:
     * a parcel may be found with an outdated time, and one that is written during the search may be found twice. {@link
     * Parcels#find} returns the current state.
     *
     * @param until parcels with this time or an earlier one
     * @param page receives at most a hundred parcels; returns whether to continue
     * @return whether all were found; false when {@code page} ended the search
     * @throws RuntimeException when a segment of the index can't be read; all other segments are read before, unless
     *     {@code page} ended the search
     */
    boolean overdue(Instant until, Predicate<List<ParcelId>> page);
}
