package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A parcel together with some of its scans.
 *
 * @param parcel the parcel
 * @param history consecutive scans, at most {@value #MAX_SCANS}, oldest first
 * @param older the place of the first of them, when there are older ones before it
 */
public record TrackedParcel(Parcel parcel, List<Scan> history, Optional<ScanPosition> older) {

    /** Keeps a response far below Lambda's limit of 6 MB: a scan in it has about 300 bytes. */
    public static final int MAX_SCANS = 100;

    public TrackedParcel {
        history = List.copyOf(history);
        if (history.size() > MAX_SCANS) {
            throw new IllegalArgumentException(
                    "history must have at most %d scans, but has %d".formatted(MAX_SCANS, history.size()));
        }
    }

    /** The parcel's state if there was no further scan until a time, see {@link DelayPolicy#silentAt}. */
    public TrackedParcel silentAt(Instant asOf) {
        return new TrackedParcel(DelayPolicy.silentAt(parcel, asOf), history, older);
    }
}
