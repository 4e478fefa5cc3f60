package dev.printshop.events.orders;

/** An order was handed over as a parcel. */
public record OrderDispatched(OrderSummary order, String parcelId) implements OrderEvent {}
