package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A parcel together with some of its scans.
 *
 * @param parcel the parcel
 * @param history scans that follow one another, at most {@value #MAX_SCANS}, oldest first
 * @param older the place of the first of them, when there are older ones before it
 */
public record TrackedParcel(Parcel parcel, List<Scan> history, Optional<ScanPosition> older) {

    /** Keeps an answer far below the 6 MB that Lambda returns: a scan in it has some 300 bytes. */
    public static final int MAX_SCANS = 100;

    public TrackedParcel {
        history = List.copyOf(history);
        if (history.size() > MAX_SCANS) {
            throw new IllegalArgumentException(
                    "history must have at most %d scans, but has %d".formatted(MAX_SCANS, history.size()));
        }
    }

    /** The parcel as it stands when there was no other scan up to a time, see {@link Parcel#silentAt}. */
    public TrackedParcel silentAt(Instant asOf) {
        return new TrackedParcel(parcel.silentAt(asOf), history, older);
    }
}
