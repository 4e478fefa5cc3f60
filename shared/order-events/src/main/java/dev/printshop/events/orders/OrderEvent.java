package dev.printshop.events.orders;

import java.time.Instant;
import java.util.List;

/**
 * The events that the order system publishes about an order. Delivery is at least once and in any order: consumers
 * deduplicate by {@link #eventId}, and a complete history has sequences without gaps. The schemas are in
 * {@code events/schemas/}.
 */
public sealed interface OrderEvent permits OrderPlaced {

    /** The source that all order events carry on the bus. */
    String SOURCE = "printshop.orders";

    /** The version of the events' form that this code writes; a reader accepts later ones and ignores what they add. */
    int SCHEMA_VERSION = 1;

    /**
     * A part of the order.
     *
     * @param productId the product of the catalogue
     * @param quantity how many
     * @param amountMinor the net price of all of them, in minor units of the order's currency
     */
    record Line(String productId, int quantity, long amountMinor) {}

    /** The order. */
    OrderId orderId();

    /** The event's number in the history of its order, from 1. */
    int sequence();

    /** When it happened. */
    Instant occurredAt();

    /** The customer who placed the order. */
    CustomerId customerId();

    /** The status of the order since then, for example {@code PLACED}; later versions may add more of them. */
    String status();

    /** The ISO 4217 code of the currency of all amounts. */
    String currency();

    /** What the customer pays, with shipping and VAT, in minor units. */
    long totalMinor();

    /** The parts of the order. */
    List<Line> lines();

    /** The event's unique id, which is the same in all its deliveries. */
    default String eventId() {
        return orderId() + "#" + sequence();
    }

    /** The event's name on the bus. */
    default String detailType() {
        return getClass().getSimpleName();
    }
}
