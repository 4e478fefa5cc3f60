package dev.printshop.events.orders;

/** An order was delivered, or its delivery is not awaited any more. */
public record OrderCompleted(OrderSummary order) implements OrderEvent {}
