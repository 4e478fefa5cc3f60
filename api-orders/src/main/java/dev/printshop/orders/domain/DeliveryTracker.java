package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import dev.printshop.events.parcels.ParcelId;
import java.time.Instant;
import java.util.Optional;

/**
 * Continues the workflow of an order when its parcel is delivered. Either may come first, the delivery or the task that
 * waits for it: the second one answers the task.
 */
public final class DeliveryTracker {

    /** What became of a delivered parcel. */
    public enum Outcome {
        /** The workflow of its order continues. */
        CONTINUED,
        /** The workflow doesn't wait yet. It continues as soon as it does. */
        RECORDED,
        /** There is no order with its order id. */
        NO_ORDER,
        /** Its order has another parcel, or none. */
        OTHER_PARCEL
    }

    private final Orders orders;
    private final Deliveries deliveries;
    private final TaskTokens tokens;

    public DeliveryTracker(Orders orders, Deliveries deliveries, TaskTokens tokens) {
        this.orders = orders;
        this.deliveries = deliveries;
        this.tokens = tokens;
    }

    /**
     * Lets a task wait for the delivery of an order's parcel.
     *
     * @return whether the parcel is delivered already, so that the task is answered
     */
    public boolean await(OrderId id, TaskToken token) {
        return answer(deliveries.await(id, token));
    }

    /** Records that a parcel was delivered. */
    public Outcome delivered(OrderId id, ParcelId parcel, Instant deliveredAt) {
        Optional<Order> order = orders.find(id);
        if (order.isEmpty()) {
            return Outcome.NO_ORDER;
        }
        if (!order.get().progress().shipment().map(Shipment::parcel).equals(Optional.of(parcel))) {
            return Outcome.OTHER_PARCEL;
        }
        return answer(deliveries.recordDelivered(id, deliveredAt)) ? Outcome.CONTINUED : Outcome.RECORDED;
    }

    private boolean answer(Delivery delivery) {
        if (delivery.token().isEmpty() || delivery.deliveredAt().isEmpty()) {
            return false;
        }
        tokens.succeed(delivery.token().get());
        return true;
    }
}
