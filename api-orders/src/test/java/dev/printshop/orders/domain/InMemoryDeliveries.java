package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Deliveries in memory, which fulfil the contract of the port. Failures are injected beforehand. */
public final class InMemoryDeliveries implements Deliveries {

    private final Map<OrderId, Delivery> stored = new HashMap<>();
    private boolean losesNextAnswer;

    @Override
    public synchronized Delivery await(OrderId id, TaskToken token) {
        return store(id, new Delivery(Optional.of(token), known(id).deliveredAt()));
    }

    @Override
    public synchronized Delivery recordDelivered(OrderId id, Instant deliveredAt) {
        Delivery known = known(id);
        return store(id, new Delivery(known.token(), known.deliveredAt().or(() -> Optional.of(deliveredAt))));
    }

    private Delivery known(OrderId id) {
        return stored.getOrDefault(id, new Delivery(Optional.empty(), Optional.empty()));
    }

    private Delivery store(OrderId id, Delivery delivery) {
        stored.put(id, delivery);
        if (losesNextAnswer) {
            losesNextAnswer = false;
            throw new IllegalStateException("The answer of the database is lost");
        }
        return delivery;
    }

    /** The next change takes effect, but its answer is lost. */
    public synchronized void loseNextAnswer() {
        losesNextAnswer = true;
    }

    /** Whether anything is stored for an order. */
    public synchronized boolean has(OrderId id) {
        return stored.containsKey(id);
    }
}
