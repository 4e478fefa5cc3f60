package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.RouteStop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A parcel from Madrid by Frankfurt to Copenhagen, planned for 12:00, 18:00 and 22:00, and promised for 10:00. */
public final class Examples {

    public static final ParcelId PARCEL = new ParcelId("parcel-1");
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    public static final Instant PROMISED = NOON.plus(Duration.ofHours(22));
    public static final DelayLevels LEVELS = DelayLevels.parse("PT30M,PT2H,PT24H");
    public static final ConditionLimits LIMITS = new ConditionLimits(2, 30, 8, 80);

    private Examples() {}

    public static ParcelDispatched dispatched() {
        return dispatched(PARCEL);
    }

    public static ParcelDispatched dispatched(ParcelId parcel) {
        return new ParcelDispatched(
                parcel,
                Optional.of("order-1"),
                List.of(
                        new RouteStop("MAD", NOON),
                        new RouteStop("FRA", NOON.plus(Duration.ofHours(6))),
                        new RouteStop("CPH", NOON.plus(Duration.ofHours(10)))),
                PROMISED,
                LIMITS);
    }

    public static ParcelPlan plan() {
        return new ParcelPlan(
                Optional.of("order-1"),
                dispatched().route().stream()
                        .map(stop -> new ParcelPlan.Stop(hub(stop.hubCode()), stop.plannedAt()))
                        .toList(),
                PROMISED,
                LIMITS);
    }

    public static Hub hub(String code) {
        return Hubs.all().get(code);
    }

    /** A scan at the given number of minutes after noon. */
    public static Scan scan(String hub, ScanKind kind, long minutes) {
        return scan(PARCEL, hub, kind, minutes);
    }

    public static Scan scan(ParcelId parcel, String hub, ScanKind kind, long minutes) {
        return new Scan(
                "scan-%s-%s-%d".formatted(hub, kind, minutes),
                parcel,
                hub(hub),
                kind,
                NOON.plus(Duration.ofMinutes(minutes)),
                Condition.UNKNOWN);
    }

    public static Scan measured(long minutes, double temperature, double shock, double humidity) {
        return new Scan(
                "scan-" + minutes,
                PARCEL,
                hub("FRA"),
                ScanKind.DEPARTED,
                NOON.plus(Duration.ofMinutes(minutes)),
                new Condition(OptionalDouble.of(temperature), OptionalDouble.of(shock), OptionalDouble.of(humidity)));
    }

    /** The keys of the parcel's events that are not announced. */
    public static List<String> keys(Parcel parcel) {
        return ParcelEvents.unannounced(parcel, LEVELS).stream()
                .map(ParcelEvent::key)
                .toList();
    }
}
