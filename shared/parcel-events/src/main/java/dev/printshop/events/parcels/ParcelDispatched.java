package dev.printshop.events.parcels;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A parcel is on its way; this is its plan. Published by the order system, with the source {@value #SOURCE}.
 *
 * @param parcel the parcel
 * @param orderId the order it belongs to, if any
 * @param route where it is to pass, in order; 2 to 20 stops at different hubs, each planned later than the one before
 * @param promisedAt when it is to be delivered, to the millisecond, not before it is to arrive at the last stop
 * @param conditionLimits the conditions that it tolerates
 */
public record ParcelDispatched(
        ParcelId parcel,
        Optional<String> orderId,
        List<RouteStop> route,
        Instant promisedAt,
        ConditionLimits conditionLimits) {

    /** The source that this event carries on the bus. */
    public static final String SOURCE = "printshop.orders";

    /** The event's name on the bus. */
    public static final String DETAIL_TYPE = "ParcelDispatched";

    /** The version of the event's form. */
    public static final int SCHEMA_VERSION = 1;

    private static final int MIN_STOPS = 2;
    private static final int MAX_STOPS = 20;

    public ParcelDispatched {
        route = List.copyOf(route);
        promisedAt = promisedAt.truncatedTo(ChronoUnit.MILLIS);
        if (route.size() < MIN_STOPS || route.size() > MAX_STOPS) {
            throw new IllegalArgumentException(
                    "route must have %d to %d stops, but has %d".formatted(MIN_STOPS, MAX_STOPS, route.size()));
        }
        if (route.stream().map(RouteStop::hubCode).distinct().count() < route.size()) {
            throw new IllegalArgumentException("route must pass each hub once, but is "
                    + route.stream().map(RouteStop::hubCode).toList());
        }
        for (int stop = 1; stop < route.size(); stop++) {
            if (!route.get(stop).plannedAt().isAfter(route.get(stop - 1).plannedAt())) {
                throw new IllegalArgumentException(
                        "route must go forward in time, but stop %s is planned for %s, after %s"
                                .formatted(
                                        route.get(stop).hubCode(),
                                        route.get(stop).plannedAt(),
                                        route.get(stop - 1).plannedAt()));
            }
        }
        if (promisedAt.isBefore(route.getLast().plannedAt())) {
            throw new IllegalArgumentException("promisedAt must not be before the last stop's time %s, but is %s"
                    .formatted(route.getLast().plannedAt(), promisedAt));
        }
        if (conditionLimits.minTemperatureCelsius() >= conditionLimits.maxTemperatureCelsius()) {
            throw new IllegalArgumentException(
                    "minTemperatureCelsius must be below maxTemperatureCelsius by a thousandth at least, but both are "
                            + conditionLimits.minTemperatureCelsius());
        }
    }
}
