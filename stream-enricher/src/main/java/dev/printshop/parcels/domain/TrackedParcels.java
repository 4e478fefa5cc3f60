package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import java.util.Optional;

/** Looks parcels up for their recipients. */
public interface TrackedParcels {

    /**
     * The state of a parcel, and the newest of its scans, {@value TrackedParcel#MAX_SCANS} at most.
     *
     * @param before only scans before this position, from {@link TrackedParcel#older}; empty for the newest
     * @return empty for an unknown parcel
     */
    Optional<TrackedParcel> track(ParcelId id, Optional<ScanPosition> before);
}
