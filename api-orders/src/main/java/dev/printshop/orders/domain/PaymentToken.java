package dev.printshop.orders.domain;

import java.util.regex.Pattern;

/**
 * What the payment provider takes the payment with. It is a secret: neither answers, events nor log records contain it.
 *
 * @param value 1 to 200 visible ASCII characters
 */
public record PaymentToken(String value) {

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,200}");

    public PaymentToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "paymentToken must be 1 to 200 visible ASCII characters, but is another text of %d"
                            .formatted(value.length()));
        }
    }

    @Override
    public String toString() {
        return "PaymentToken[hidden]";
    }
}
