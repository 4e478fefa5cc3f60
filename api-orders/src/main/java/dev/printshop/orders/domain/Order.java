package dev.printshop.orders.domain;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import java.time.Instant;
import java.util.List;

/**
 * An order.
 *
 * @param id its id
 * @param customer who placed it
 * @param status how far it is; only {@link #become} changes it
 * @param lines its parts
 * @param totals what it costs
 * @param address where it is delivered
 * @param placedAt when it was placed, to the millisecond
 * @param version increases with each change, for optimistic locking; from 1
 */
public record Order(
        OrderId id,
        CustomerId customer,
        OrderStatus status,
        List<OrderLine> lines,
        Totals totals,
        ShippingAddress address,
        Instant placedAt,
        long version) {

    public Order {
        lines = List.copyOf(lines);
    }

    /** A new order. */
    static Order placed(
            OrderId id,
            CustomerId customer,
            List<OrderLine> lines,
            Totals totals,
            ShippingAddress address,
            Instant placedAt) {
        return new Order(id, customer, OrderStatus.PLACED, lines, totals, address, placedAt, 1);
    }

    /**
     * The order with its next status.
     *
     * @throws IllegalStateException when the status may not follow the current one
     */
    public Order become(OrderStatus next) {
        if (!status.canBecome(next)) {
            throw new IllegalStateException("Order %s is %s and can't become %s".formatted(id, status, next));
        }
        return new Order(id, customer, next, lines, totals, address, placedAt, version + 1);
    }

    /** Whether a customer may see it. */
    public boolean belongsTo(CustomerId other) {
        return customer.equals(other);
    }
}
