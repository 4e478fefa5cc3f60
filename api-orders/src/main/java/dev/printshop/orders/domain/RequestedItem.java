package dev.printshop.orders.domain;

/**
 * A part of a request for an order.
 *
 * @param print what to print
 * @param quantity how many, 1 to {@value #MAX_QUANTITY}
 */
public record RequestedItem(Print print, int quantity) {

    /** The greatest quantity of a print. */
    public static final int MAX_QUANTITY = 100;

    public RequestedItem {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("quantity must be 1 to %d, but is %d".formatted(MAX_QUANTITY, quantity));
        }
    }
}
