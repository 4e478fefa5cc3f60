package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.time.InstantSource;

/** Ends orders, once each. */
public final class OrderCloser {

    private final Orders orders;
    private final OptimisticAttempts attempts;
    private final InstantSource clock;

    public OrderCloser(Orders orders, OptimisticAttempts attempts, InstantSource clock) {
        this.orders = orders;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** Completes an order whose parcel is delivered, or isn't awaited any more. */
    public void complete(OrderId id) {
        attempts.run(() -> {
            Order order = orders.existing(id);
            if (order.status() != OrderStatus.COMPLETED) {
                orders.store(order.complete(clock.instant()));
            }
            return order;
        });
    }

    /**
     * Ends an order that can't be fulfilled, after its compensation.
     *
     * @param reason why, as a constant
     */
    public void fail(OrderId id, String reason) {
        attempts.run(() -> {
            Order order = orders.existing(id);
            if (order.status() != OrderStatus.FAILED) {
                orders.store(order.fail(reason, clock.instant()));
            }
            return order;
        });
    }
}
