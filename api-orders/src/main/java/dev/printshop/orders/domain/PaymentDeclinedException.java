package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;

/** The payment provider doesn't take the payment, and won't. The workflow catches it by its name. */
public final class PaymentDeclinedException extends RuntimeException {

    public PaymentDeclinedException(OrderId order, String reason) {
        super("The payment of order %s is declined: %s".formatted(order, reason));
    }
}
