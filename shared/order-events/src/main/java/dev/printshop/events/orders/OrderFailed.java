package dev.printshop.events.orders;

/** An order can't be fulfilled; it is not charged. */
public record OrderFailed(OrderSummary order, String reason) implements OrderEvent {}
