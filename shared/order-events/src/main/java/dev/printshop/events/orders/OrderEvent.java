package dev.printshop.events.orders;

/**
 * The events that the order system publishes about an order. Delivery is at least once and in any order: consumers
 * deduplicate by {@link #eventId}, and a complete history has sequences without gaps. The schemas are in
 * {@code events/schemas/}.
 */
public sealed interface OrderEvent
        permits OrderPlaced, OrderPaid, OrderRefunded, OrderDispatched, OrderCompleted, OrderFailed, OrderCancelled {

    /** The source that all order events carry on the bus. */
    String SOURCE = "printshop.orders";

    /** The version of the events' form that this code writes; a reader accepts later ones and ignores what they add. */
    int SCHEMA_VERSION = 1;

    /** The order since the event. */
    OrderSummary order();

    /** The event's unique id, which is the same in all its deliveries. */
    default String eventId() {
        return order().orderId() + "#" + order().sequence();
    }

    /** The event's name on the bus. */
    default String detailType() {
        return getClass().getSimpleName();
    }
}
