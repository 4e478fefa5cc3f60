package dev.printshop.events.parcels;

import java.time.Instant;

/**
 * Where and when a parcel was scanned.
 *
 * @param scanId the scan's id
 * @param hubCode the hub's code
 * @param city the hub's city
 * @param kind what happened there, for example {@code RECEIVED}
 * @param scannedAt when
 */
public record ParcelSighting(String scanId, String hubCode, String city, String kind, Instant scannedAt) {}
