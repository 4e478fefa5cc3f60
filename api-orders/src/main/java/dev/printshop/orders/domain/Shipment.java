package dev.printshop.orders.domain;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.RouteStop;
import java.time.Instant;
import java.util.List;

/**
 * The parcel of an order, as it is announced.
 *
 * @param parcel its id
 * @param route where it is to pass
 * @param promisedAt when it is to be delivered
 */
public record Shipment(ParcelId parcel, List<RouteStop> route, Instant promisedAt) {

    public Shipment {
        route = List.copyOf(route);
    }
}
