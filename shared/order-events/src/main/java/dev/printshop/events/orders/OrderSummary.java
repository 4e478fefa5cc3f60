package dev.printshop.events.orders;

import java.time.Instant;
import java.util.List;

/**
 * What every event of an order says about it.
 *
 * @param orderId the order
 * @param sequence the event's number in the history of its order, from 1
 * @param occurredAt when it happened
 * @param customerId the customer who placed the order
 * @param status the status of the order since then, for example {@code PLACED}; later versions may add more of them
 * @param currency the ISO 4217 code of the currency of all amounts
 * @param totalMinor what the customer pays, with shipping and VAT, in minor units
 * @param lines the parts of the order
 */
public record OrderSummary(
        OrderId orderId,
        int sequence,
        Instant occurredAt,
        CustomerId customerId,
        String status,
        String currency,
        long totalMinor,
        List<Line> lines) {

    /**
     * A part of the order.
     *
     * @param productId the product of the catalogue
     * @param quantity how many
     * @param amountMinor the net price of all of them, in minor units of the order's currency
     */
    public record Line(String productId, int quantity, long amountMinor) {}

    public OrderSummary {
        lines = List.copyOf(lines);
    }
}
