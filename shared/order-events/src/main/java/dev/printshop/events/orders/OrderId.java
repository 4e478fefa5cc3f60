package dev.printshop.events.orders;

import dev.printshop.shared.messages.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identifies an order.
 *
 * @param value a UUID of version 7 in lower case; its text order is the order of the times at which orders were placed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562, UUID Version 7</a>
 */
public record OrderId(String value) {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    public OrderId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "orderId must be a UUID of version 7 in lower case, but is " + Quoted.value(value));
        }
    }

    /** The id in a text of others, if it has the form of an order's id. */
    public static Optional<OrderId> find(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new OrderId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
