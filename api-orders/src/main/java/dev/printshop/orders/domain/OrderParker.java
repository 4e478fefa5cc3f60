package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Parks orders whose compensation failed, until a person resumes them. */
public final class OrderParker {

    private final Orders orders;
    private final ParkedOrders parked;
    private final OptimisticAttempts attempts;
    private final InstantSource clock;

    public OrderParker(Orders orders, ParkedOrders parked, OptimisticAttempts attempts, InstantSource clock) {
        this.orders = orders;
        this.parked = parked;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Keeps the token, then marks the order as parked, so that each order with this status can be resumed. An order
     * that is dispatched or over keeps its status: its execution waits for a person all the same.
     *
     * @param reason why the order can't be fulfilled, as a constant
     */
    public void park(OrderId id, String reason, TaskToken token) {
        parked.put(new ParkedOrder(id, reason, token, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        attempts.run(() -> {
            Order order = orders.existing(id);
            if (order.status().canBecome(OrderStatus.PARKED)) {
                orders.store(order.park(reason));
            }
            return order;
        });
    }
}
