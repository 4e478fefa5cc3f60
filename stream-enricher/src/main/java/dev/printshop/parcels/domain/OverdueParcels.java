package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Finds the parcels that have something to announce, or that may be overdue at their next stop. */
public interface OverdueParcels {

    /**
     * Goes through the parcels that were written with a {@linkplain Parcel#overdueAt time} up to the given one, a page
     * at a time; in each part of the index, those with events to announce come first. A parcel may be found though it
     * was written with another time just now, and one that is written meanwhile may be found twice: what counts is what
     * {@link Parcels#find} says.
     *
     * @param until parcels with this time or an earlier one
     * @param page takes at most a hundred parcels; answers whether to go on
     * @return whether all were found; false when {@code page} answered so
     * @throws RuntimeException when a part of the index can't be read; all other parts were, unless {@code page} ended
     *     it
     */
    boolean overdue(Instant until, Predicate<List<ParcelId>> page);
}
