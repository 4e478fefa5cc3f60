package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.util.Locale;

/**
 * The idempotency key of a charge or a refund, for example {@code 019abf3c-5d00-7c3e-8a51-0123456789ab#charge}. It is
 * derived from the order and never generated, so that every repetition has the same key, also in another environment
 * or a day later. An order is charged once at most and refunded once at most.
 *
 * @param order the order
 * @param operation what is done with the order's money
 */
public record PaymentKey(OrderId order, Operation operation) {

    /** What is done with the order's money. */
    public enum Operation {
        CHARGE,
        REFUND
    }

    /** The key of the order's only charge. */
    public static PaymentKey ofCharge(OrderId order) {
        return new PaymentKey(order, Operation.CHARGE);
    }

    /** The key of the order's only refund. */
    public static PaymentKey ofRefund(OrderId order) {
        return new PaymentKey(order, Operation.REFUND);
    }

    @Override
    public String toString() {
        return order + "#" + operation.name().toLowerCase(Locale.ROOT);
    }
}
