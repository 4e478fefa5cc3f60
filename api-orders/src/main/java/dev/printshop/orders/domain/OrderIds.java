package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.time.Instant;

/** Makes the ids of orders. */
@FunctionalInterface
public interface OrderIds {

    /** An id that no other order has, and whose text is greater than those of earlier milliseconds. */
    OrderId next(Instant placedAt);
}
