package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.time.Instant;

/**
 * The store of deliveries. Each change is atomic and returns what is stored after it, so of two concurrent changes at
 * least one sees the other's.
 */
public interface Deliveries {

    /**
     * Stores which task waits for the delivery. It replaces the token of an earlier attempt, which isn't valid any
     * more.
     */
    Delivery await(OrderId id, TaskToken token);

    /** Stores when the parcel was delivered; what is stored first is kept. */
    Delivery recordDelivered(OrderId id, Instant deliveredAt);
}
