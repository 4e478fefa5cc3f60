package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;

/** The executions of the workflow of orders. */
public interface Fulfilments {

    /** Starts the workflow of an order; has no effect if there is an execution for it already. */
    void start(OrderId id);
}
