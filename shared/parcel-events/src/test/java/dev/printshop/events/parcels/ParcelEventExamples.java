package dev.printshop.events.parcels;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One event of each kind. */
public final class ParcelEventExamples {

    public static final ParcelId PARCEL = new ParcelId("parcel-7Qm2xWv9Kd");

    private static final Instant PROMISED = Instant.parse("2026-11-24T12:00:00Z");
    private static final ParcelSighting FRANKFURT =
            new ParcelSighting("scan-3", "FRA", "Frankfurt", "RECEIVED", Instant.parse("2026-11-23T08:40:00.125Z"));

    public static final ParcelDelayed DELAYED = new ParcelDelayed(
            PARCEL,
            Optional.of("order-1001"),
            Duration.ofHours(2),
            Duration.ofMinutes(160),
            ParcelDelayed.Cause.LATE_SCAN,
            Optional.of(FRANKFURT.scannedAt()),
            PROMISED,
            PROMISED.plus(Duration.ofMinutes(160)),
            Optional.of(PROMISED.plus(Duration.ofMinutes(160))),
            List.of(FRANKFURT));

    public static final ParcelConditionBreached BREACHED = new ParcelConditionBreached(
            PARCEL,
            Optional.of("order-1001"),
            ParcelConditionBreached.Breach.TOO_WARM,
            34.5,
            30,
            FRANKFURT,
            PROMISED,
            List.of(FRANKFURT));

    public static final ParcelDelivered DELIVERED =
            new ParcelDelivered(PARCEL, Optional.of("order-1001"), PROMISED.minusSeconds(60), PROMISED);

    public static final ParcelDispatched DISPATCHED = new ParcelDispatched(
            PARCEL,
            Optional.of("order-1001"),
            List.of(
                    new RouteStop("MAD", Instant.parse("2026-11-22T20:00:00Z")),
                    new RouteStop("FRA", Instant.parse("2026-11-23T06:00:00Z"))),
            PROMISED,
            new ConditionLimits(2, 30, 8, 80));

    private ParcelEventExamples() {}

    public static Stream<ParcelEvent> all() {
        return Stream.of(DELAYED, BREACHED, DELIVERED);
    }
}
