package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.util.HashMap;
import java.util.Map;

/** Parked orders in memory. */
public final class InMemoryParkedOrders implements ParkedOrders {

    private final Map<OrderId, ParkedOrder> stored = new HashMap<>();

    @Override
    public void put(ParkedOrder order) {
        stored.put(order.id(), order);
    }

    public Map<OrderId, ParkedOrder> all() {
        return stored;
    }
}
