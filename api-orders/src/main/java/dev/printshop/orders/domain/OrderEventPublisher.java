package dev.printshop.orders.domain;

import java.util.List;

/** Publishes the events of orders. */
public interface OrderEventPublisher {

    /**
     * Publishes events at least once each, in any order.
     *
     * @return how many of them were published before the first that wasn't; all of them, if this is their number. Later
     *     ones may be published as well
     */
    int publish(List<OutboxEvent> events);
}
