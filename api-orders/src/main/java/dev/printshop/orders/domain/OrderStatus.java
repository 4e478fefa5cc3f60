package dev.printshop.orders.domain;

import java.util.EnumSet;
import java.util.Set;

/** The status of an order, and the statuses that may follow it. */
public enum OrderStatus {
    /** Accepted, and nothing else was done. */
    PLACED,
    /** The material is reserved. */
    RESERVED,
    /** It isn't known whether the payment was taken: the provider is asked until it is known. */
    PAYMENT_UNKNOWN,
    /** The payment was taken. */
    PAID,
    /** Its total is above a limit, and people decide on it. */
    AWAITING_APPROVAL,
    /** Handed over as a parcel. It can't be cancelled any more. */
    DISPATCHED,
    /** Delivered. Final. */
    COMPLETED,
    /** It couldn't be fulfilled; what was paid is refunded and what was reserved is released. Final. */
    FAILED,
    /** Cancelled by the customer; refunded and released like a failed one. Final. */
    CANCELLED,
    /** The refund or the release failed, too: a person has to act. */
    PARKED;

    private Set<OrderStatus> successors() {
        return switch (this) {
            case PLACED -> EnumSet.of(RESERVED, FAILED, CANCELLED, PARKED);
            case RESERVED -> EnumSet.of(PAID, PAYMENT_UNKNOWN, FAILED, CANCELLED, PARKED);
            // Not cancelled: whether to refund isn't known yet.
            case PAYMENT_UNKNOWN -> EnumSet.of(PAID, FAILED, PARKED);
            case PAID -> EnumSet.of(AWAITING_APPROVAL, DISPATCHED, FAILED, CANCELLED, PARKED);
            case AWAITING_APPROVAL -> EnumSet.of(DISPATCHED, FAILED, CANCELLED, PARKED);
            case DISPATCHED -> EnumSet.of(COMPLETED);
            case PARKED -> EnumSet.of(FAILED, CANCELLED);
            case COMPLETED, FAILED, CANCELLED -> EnumSet.noneOf(OrderStatus.class);
        };
    }

    /** Whether an order with this status may get another one next. */
    public boolean canBecome(OrderStatus next) {
        return successors().contains(next);
    }

    /** Whether an order with this status never gets another one. */
    public boolean isFinal() {
        return successors().isEmpty();
    }
}
