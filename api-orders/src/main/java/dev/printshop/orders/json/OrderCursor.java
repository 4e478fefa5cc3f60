package dev.printshop.orders.json;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A position in a customer's orders as an opaque text, which is valid for this customer only. */
public final class OrderCursor {

    private static final int MAX_LENGTH = 200;
    private static final String SEPARATOR = "#";

    private OrderCursor() {}

    /** Writes the position after an order; the text needs no escapes in a URL. */
    public static String write(CustomerId customer, OrderId order) {
        String text = customer + SEPARATOR + order;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #write} wrote for the same customer.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static OrderId read(CustomerId customer, String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            throw refusal(null);
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            OrderId order = new OrderId(text.substring(text.indexOf(SEPARATOR) + 1));
            if (write(customer, order).equals(cursor)) {
                return order;
            }
        } catch (IllegalArgumentException e) {
            throw refusal(e);
        }
        throw refusal(null);
    }

    private static IllegalArgumentException refusal(@Nullable RuntimeException cause) {
        return new IllegalArgumentException("cursor must be the nextCursor of an earlier answer", cause);
    }
}
