package dev.printshop.events.orders;

import java.time.Instant;
import java.util.List;

/** A customer placed an order. It is neither paid nor reserved. */
public record OrderPlaced(
        OrderId orderId,
        int sequence,
        Instant occurredAt,
        CustomerId customerId,
        String status,
        String currency,
        long totalMinor,
        List<Line> lines)
        implements OrderEvent {

    public OrderPlaced {
        lines = List.copyOf(lines);
    }
}
