package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.util.List;
import java.util.Optional;

/**
 * A part of a customer's orders.
 *
 * @param orders the orders, newest first, at most {@value #MAX_ORDERS}
 * @param next the id after which the next page begins; empty on the last page
 */
public record OrderPage(List<Order> orders, Optional<OrderId> next) {

    /** The greatest number of orders of a page. */
    public static final int MAX_ORDERS = 20;

    public OrderPage {
        orders = List.copyOf(orders);
    }
}
