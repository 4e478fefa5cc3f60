package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ConditionLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A parcel's planned route, its promised time, and its condition limits.
 *
 * @param orderId the order it belongs to, if any
 * @param route its stops in order; at least two stops at different hubs
 * @param promisedAt when it is to be delivered, to the millisecond
 * @param limits the conditions that it tolerates
 */
public record ParcelPlan(Optional<String> orderId, List<Stop> route, Instant promisedAt, ConditionLimits limits) {

    /**
     * One stop of the route.
     *
     * @param hub where
     * @param plannedAt when the parcel is to arrive there, to the millisecond
     */
    public record Stop(Hub hub, Instant plannedAt) {

        public Stop {
            plannedAt = plannedAt.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    public ParcelPlan {
        route = List.copyOf(route);
        promisedAt = promisedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Which stop of the route a hub is, from 0; none when the route doesn't pass it. */
    public OptionalInt stopAt(Hub hub) {
        return stopAt(hub.code());
    }

    /** Which stop of the route the hub with a code is, from 0; none when the route doesn't pass it. */
    public OptionalInt stopAt(String hubCode) {
        return IntStream.range(0, route.size())
                .filter(stop -> route.get(stop).hub().code().equals(hubCode))
                .findFirst();
    }

    /**
     * The planned time of a stop.
     *
     * @param stop from 0; the number of stops represents the delivery to the customer
     */
    public Instant plannedAt(int stop) {
        return stop < route.size() ? route.get(stop).plannedAt() : promisedAt;
    }

    /**
     * The stop that the parcel has reached by a scan; the number of stops represents the delivery to the customer.
     * Empty for other scans, and for an arrival at a hub outside of the route: they have a position, but no delay.
     */
    public OptionalInt stopReachedBy(Scan scan) {
        return switch (scan.kind()) {
            case ScanKind.Known.RECEIVED -> stopAt(scan.hub());
            case ScanKind.Known.DELIVERED -> OptionalInt.of(route.size());
            case ScanKind.Known.DEPARTED, ScanKind.Known.OUT_FOR_DELIVERY, ScanKind.Known.EXCEPTION ->
                OptionalInt.empty();
            case ScanKind.Unknown _ -> OptionalInt.empty();
        };
    }

    /**
     * The parcel's delay at a stop; zero when it was early, because the next transport doesn't leave before its time.
     *
     * @param stop from 0; the number of stops represents the delivery to the customer
     */
    public Duration delayAt(int stop, Instant time) {
        Duration delay = Duration.between(plannedAt(stop), time);
        return delay.isNegative() ? Duration.ZERO : delay;
    }

    /**
     * The completed share of the route at a stop, 0 to 1: by great-circle distance between hubs, or by the number of
     * stops when the coordinates of a hub are unknown.
     */
    public double shareTravelledAt(int stop) {
        List<Double> legs = new ArrayList<>();
        for (int leg = 1; leg < route.size(); leg++) {
            route.get(leg - 1).hub().distanceKmTo(route.get(leg).hub()).ifPresent(legs::add);
        }
        if (legs.size() < route.size() - 1) {
            return (double) stop / (route.size() - 1);
        }
        double travelled = legs.subList(0, stop).stream().mapToDouble(km -> km).sum();
        return travelled / legs.stream().mapToDouble(km -> km).sum();
    }

    /** The limits that a scan exceeded, if any. A value at the limit is within it. */
    public List<ConditionBreach> breachesOf(Scan scan) {
        return ConditionBreach.of(scan, limits);
    }
}
