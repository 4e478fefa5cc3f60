package dev.printshop.events.orders;

/** The payment of an order was refunded. */
public record OrderRefunded(OrderSummary order, OrderPayment payment) implements OrderEvent {}
