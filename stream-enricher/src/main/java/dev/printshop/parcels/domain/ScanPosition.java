package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.Comparator;

/**
 * A scan's position in its parcel's history, which is ordered by time and then by id.
 *
 * @param scannedAt when it was scanned, to the millisecond
 * @param scanId the scan's id
 */
public record ScanPosition(Instant scannedAt, String scanId) implements Comparable<ScanPosition> {

    private static final Comparator<ScanPosition> ORDER =
            Comparator.comparing(ScanPosition::scannedAt).thenComparing(ScanPosition::scanId);

    @Override
    public int compareTo(ScanPosition other) {
        return ORDER.compare(this, other);
    }
}
