package dev.printshop.events.orders;

/** A customer placed an order. It is neither paid nor reserved. */
public record OrderPlaced(OrderSummary order) implements OrderEvent {}
