package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.List;

/**
 * A parcel together with every scan of it.
 *
 * @param parcel the parcel
 * @param history its scans, oldest first
 */
public record TrackedParcel(Parcel parcel, List<Scan> history) {

    public TrackedParcel {
        history = List.copyOf(history);
    }

    /** The parcel as it stands when there was no other scan up to a time, see {@link Parcel#silentAt}. */
    public TrackedParcel silentAt(Instant asOf) {
        return new TrackedParcel(parcel.silentAt(asOf), history);
    }
}
