package dev.printshop.parcels.domain;

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
}
