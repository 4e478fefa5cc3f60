package dev.printshop.orders.sandbox;

import dev.printshop.orders.domain.PaymentToken;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the sandbox does with a charge. The payment token chooses it: {@code tok_} and the name of a behaviour, after
 * {@code 500}, {@code 503} and {@code rate_limited} with a number of times, for example {@code tok_500_2}. Any other
 * token is declined.
 *
 * @param behaviour what it does
 * @param times how often, before it captures
 */
public record Scenario(Behaviour behaviour, int times) {

    /** What the sandbox does. */
    public enum Behaviour {
        CAPTURES("ok"),
        DECLINES("declined"),
        CAPTURES_AND_ANSWERS_TOO_LATE("timeout_captured"),
        ANSWERS_TOO_LATE("timeout_not_captured"),
        /** An error that doesn't say whether anything was done. Nothing was. */
        FAILS("500"),
        /** An error that says that nothing was done. */
        FAILS_WITHOUT_EFFECT("503"),
        CAPTURES_SLOWLY("slow"),
        /** As if the request had been sent twice: the second call gets the first answer. */
        CAPTURES_TWICE("twice"),
        LIMITS_THE_RATE("rate_limited"),
        REFUSES_THE_API_KEY_ONCE("unauthorized_once");

        private final String name;

        Behaviour(String name) {
            this.name = name;
        }
    }

    private static final Pattern TOKEN = Pattern.compile("tok_([a-z_]+|500|503)(?:_(\\d{1,3}))?");

    /** The scenario of a token. */
    static Scenario of(PaymentToken token) {
        Matcher form = TOKEN.matcher(token.value());
        if (!form.matches()) {
            return new Scenario(Behaviour.DECLINES, 0);
        }
        int times = form.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(form.group(2));
        return Arrays.stream(Behaviour.values())
                .filter(each -> each.name.equals(form.group(1)))
                .findFirst()
                .map(behaviour -> new Scenario(behaviour, times))
                .orElse(new Scenario(Behaviour.DECLINES, 0));
    }

    /** The name in the book, which doesn't contain the token. */
    String name() {
        return behaviour.name;
    }
}
