package dev.printshop.events.orders;

import java.time.Instant;
import java.util.List;

/** One event of each kind. */
public final class OrderEventExamples {

    public static final OrderPlaced PLACED = new OrderPlaced(
            new OrderId("019abf3c-5d00-7c3e-8a51-0123456789ab"),
            1,
            Instant.parse("2026-11-25T12:31:12.512Z"),
            new CustomerId("7d1c0f4e-2b6a-4c8e-9f30-5a1b2c3d4e5f"),
            "PLACED",
            "EUR",
            2_963,
            List.of(new OrderEvent.Line("print-10x15", 100, 1_500), new OrderEvent.Line("poster-30x45", 1, 990)));

    private OrderEventExamples() {}
}
