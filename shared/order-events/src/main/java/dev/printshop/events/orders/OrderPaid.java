package dev.printshop.events.orders;

/** The payment of an order was captured. */
public record OrderPaid(OrderSummary order, OrderPayment payment) implements OrderEvent {}
