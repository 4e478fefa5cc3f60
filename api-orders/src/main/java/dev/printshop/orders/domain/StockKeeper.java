package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import dev.printshop.shared.concurrency.OptimisticAttempts;

/** Takes the material of orders from the stock, and puts it back; each once, however often it is called. */
public final class StockKeeper {

    private final Orders orders;
    private final OptimisticAttempts attempts;

    public StockKeeper(Orders orders, OptimisticAttempts attempts) {
        this.orders = orders;
        this.attempts = attempts;
    }

    /**
     * Reserves the material of an order that was just placed. A later one has it, or is over.
     *
     * @throws OutOfStockException when there isn't enough
     */
    public void reserve(OrderId id) {
        attempts.run(() -> {
            Order order = orders.existing(id);
            if (order.status() == OrderStatus.PLACED) {
                orders.store(order.reserve());
            }
            return order;
        });
    }

    /** Puts the material of an order back, if it is reserved. */
    public void release(OrderId id) {
        attempts.run(() -> {
            Order order = orders.existing(id);
            if (order.progress().stockReserved()) {
                orders.store(order.release());
            }
            return order;
        });
    }
}
