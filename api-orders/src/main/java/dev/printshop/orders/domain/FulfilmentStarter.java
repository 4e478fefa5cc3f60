package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;

/** Starts the fulfilment of orders, once each. */
public final class FulfilmentStarter {

    /** What was done. */
    public enum Outcome {
        /** Its execution is started, now or before. */
        STARTED,
        /** Its fulfilment has begun already, or it is over. */
        NOT_PLACED
    }

    private final Orders orders;
    private final Fulfilments fulfilments;

    public FulfilmentStarter(Orders orders, Fulfilments fulfilments) {
        this.orders = orders;
        this.fulfilments = fulfilments;
    }

    /**
     * Starts the fulfilment of an order that has the status PLACED. The status is checked because the names of
     * executions are unique for 90 days only, and an archived event can come after them.
     */
    public Outcome start(OrderId id) {
        if (orders.existing(id).status() != OrderStatus.PLACED) {
            return Outcome.NOT_PLACED;
        }
        fulfilments.start(id);
        return Outcome.STARTED;
    }
}
