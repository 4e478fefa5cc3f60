package dev.printshop.parcels.domain;

import java.time.Instant;

/**
 * The place of a scan in its parcel's history, which is ordered by time and then by id.
 *
 * @param scannedAt when it was scanned, to the millisecond
 * @param scanId the scan's id
 */
public record ScanPosition(Instant scannedAt, String scanId) {

    /** The place of a scan. */
    public static ScanPosition of(Scan scan) {
        return new ScanPosition(scan.scannedAt(), scan.scanId());
    }
}
