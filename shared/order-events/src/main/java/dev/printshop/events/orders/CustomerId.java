package dev.printshop.events.orders;

import dev.printshop.shared.messages.Quoted;
import java.util.regex.Pattern;

/**
 * Identifies a customer.
 *
 * @param value the subject ({@code sub}) of the customer's account, which is also the owner of the customer's photos
 */
public record CustomerId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public CustomerId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "customerId must be 1 to 64 of the characters A-Z a-z 0-9 _ -, but is " + Quoted.value(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
