package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * One movement of a parcel. A scan is identified by parcel, time and id: the scanner gives it all three at once, and
 * repeats them when it sends the scan again. Of two scans with the same identity and different content, the one that is
 * stored first counts, in the history and in the state of the parcel.
 *
 * @param scanId unique for its parcel
 * @param parcel the parcel
 * @param hub where
 * @param kind what happened
 * @param scannedAt when, to the millisecond
 * @param condition the measurements
 */
public record Scan(String scanId, ParcelId parcel, Hub hub, ScanKind kind, Instant scannedAt, Condition condition) {

    /** From the oldest to the latest. Scans of the same time are ordered by their id, so that the order is total. */
    public static final Comparator<Scan> BY_TIME = Comparator.comparing(Scan::position);

    public Scan {
        scannedAt = scannedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A scan's place among all scans: the parcel, and the position in its history. */
    public record Place(ParcelId parcel, ScanPosition position) {}

    public Place place() {
        return new Place(parcel, position());
    }

    /** The scan's position in its parcel's history. */
    public ScanPosition position() {
        return new ScanPosition(scannedAt, scanId);
    }
}
