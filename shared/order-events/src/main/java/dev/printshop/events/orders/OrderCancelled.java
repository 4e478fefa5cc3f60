package dev.printshop.events.orders;

/** An order was cancelled by its customer; it is not charged. */
public record OrderCancelled(OrderSummary order) implements OrderEvent {}
