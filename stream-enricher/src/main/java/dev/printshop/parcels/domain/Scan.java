package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
import java.util.Comparator;

/**
 * One movement of a parcel. A scan is the same as another when parcel, time and id are the same: the scanner gives it
 * all three at once, and repeats them when it sends the scan again.
 *
 * @param scanId unique for its parcel
 * @param parcel the parcel
 * @param hub where
 * @param kind what happened
 * @param scannedAt when, to the millisecond
 * @param condition what was measured
 */
public record Scan(String scanId, ParcelId parcel, Hub hub, ScanKind kind, Instant scannedAt, Condition condition) {

    /** From the oldest to the latest. Scans of the same time are ordered by their id, so that the order is total. */
    public static final Comparator<Scan> BY_TIME =
            Comparator.comparing(Scan::scannedAt).thenComparing(Scan::scanId);
}
