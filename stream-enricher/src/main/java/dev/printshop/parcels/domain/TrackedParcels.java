package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelId;
import java.util.Optional;

/** Where parcels are looked up by whoever waits for one. */
public interface TrackedParcels {

    /** What is known of a parcel and all of its scans; none when nothing was ever heard of it. */
    Optional<TrackedParcel> track(ParcelId id);
}
