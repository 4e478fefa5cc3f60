package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;

/** There isn't enough of a product in the stock. The workflow catches it by its name. */
public final class OutOfStockException extends RuntimeException {

    public OutOfStockException(OrderId order) {
        super("There isn't enough in the stock for order " + order);
    }
}
