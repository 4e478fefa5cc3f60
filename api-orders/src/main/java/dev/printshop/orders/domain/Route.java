package dev.printshop.orders.domain;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.RouteStop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How parcels get to a country.
 *
 * @param legs the hubs that they pass, in order
 * @param delivery the planned time from the last hub to the recipient
 */
public record Route(List<Leg> legs, Duration delivery) {

    /**
     * The way to a hub.
     *
     * @param hubCode the hub's code
     * @param duration the planned time since the hub before, or since the dispatch
     */
    public record Leg(String hubCode, Duration duration) {}

    public Route {
        legs = List.copyOf(legs);
    }

    /** A parcel that leaves now. */
    Shipment ship(ParcelId parcel, Instant dispatchedAt) {
        List<RouteStop> stops = new ArrayList<>();
        Instant arrival = dispatchedAt;
        for (Leg leg : legs) {
            arrival = arrival.plus(leg.duration());
            stops.add(new RouteStop(leg.hubCode(), arrival));
        }
        return new Shipment(parcel, stops, arrival.plus(delivery));
    }
}
