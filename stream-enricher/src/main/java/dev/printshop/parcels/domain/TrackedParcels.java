package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelId;
import java.util.Optional;

/** Looks parcels up for their recipients. */
public interface TrackedParcels {

    /**
     * What is known of a parcel, and the newest of its scans, {@value TrackedParcel#MAX_SCANS} at most.
     *
     * @param before only scans that come before this place, as {@link TrackedParcel#older} told it; none for the newest
     *     of all
     * @return none when nothing is known of the parcel
     */
    Optional<TrackedParcel> track(ParcelId id, Optional<ScanPosition> before);
}
