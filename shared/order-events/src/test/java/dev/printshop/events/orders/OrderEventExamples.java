package dev.printshop.events.orders;

import java.time.Instant;
import java.util.List;

/** One event of each kind. */
public final class OrderEventExamples {

    public static final OrderPlaced PLACED = new OrderPlaced(order(1, "PLACED"));
    public static final OrderPaid PAID = new OrderPaid(order(2, "PAID"), new OrderPayment("pay_1", 2_963, 66));
    public static final OrderRefunded REFUNDED =
            new OrderRefunded(order(3, "PAID"), new OrderPayment("pay_1", 2_963, 0));
    public static final OrderDispatched DISPATCHED = new OrderDispatched(order(3, "DISPATCHED"), "parcel-7Qm2xWv9Kd");
    public static final OrderCompleted COMPLETED = new OrderCompleted(order(4, "COMPLETED"));
    public static final OrderFailed FAILED = new OrderFailed(order(2, "FAILED"), "OUT_OF_STOCK");
    public static final OrderCancelled CANCELLED = new OrderCancelled(order(2, "CANCELLED"));

    public static final List<OrderEvent> ALL =
            List.of(PLACED, PAID, REFUNDED, DISPATCHED, COMPLETED, FAILED, CANCELLED);

    private OrderEventExamples() {}

    private static OrderSummary order(int sequence, String status) {
        return new OrderSummary(
                new OrderId("019abf3c-5d00-7c3e-8a51-0123456789ab"),
                sequence,
                Instant.parse("2026-11-25T12:31:12.512Z"),
                new CustomerId("7d1c0f4e-2b6a-4c8e-9f30-5a1b2c3d4e5f"),
                status,
                "EUR",
                2_963,
                List.of(
                        new OrderSummary.Line("print-10x15", 100, 1_500),
                        new OrderSummary.Line("poster-30x45", 1, 990)));
    }
}
