package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.util.LinkedHashSet;
import java.util.Set;

/** Executions in memory. A failure is injected beforehand. */
public final class InMemoryFulfilments implements Fulfilments {

    private final Set<OrderId> started = new LinkedHashSet<>();
    private InMemoryOrders.Fate nextFate = InMemoryOrders.Fate.SUCCEEDS;

    @Override
    public void start(OrderId id) {
        InMemoryOrders.Fate fate = nextFate;
        nextFate = InMemoryOrders.Fate.SUCCEEDS;
        if (fate != InMemoryOrders.Fate.FAILS_BEFORE) {
            started.add(id);
        }
        if (fate != InMemoryOrders.Fate.SUCCEEDS) {
            throw new IllegalStateException("Step Functions is out of reach");
        }
    }

    /** Decides the next start; those after it succeed. */
    public void nextStart(InMemoryOrders.Fate fate) {
        nextFate = fate;
    }

    /** The orders with an execution. */
    public Set<OrderId> started() {
        return started;
    }
}
