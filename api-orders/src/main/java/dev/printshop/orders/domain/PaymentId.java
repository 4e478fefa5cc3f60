package dev.printshop.orders.domain;

import java.util.regex.Pattern;

/**
 * The provider's id of a captured payment.
 *
 * @param value 1 to 100 letters, digits, hyphens and underscores
 */
public record PaymentId(String value) {

    /** The form of an id. */
    public static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    public PaymentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A payment's id must have the form %s".formatted(FORM));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
