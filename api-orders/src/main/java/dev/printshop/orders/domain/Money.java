package dev.printshop.orders.domain;

import java.util.Currency;

/**
 * An amount of money.
 *
 * @param minor the amount in minor units of the currency, for example cents; whole numbers have no rounding errors
 * @param currency the currency
 */
public record Money(long minor, Currency currency) {

    private static final Currency EUR = Currency.getInstance("EUR");

    /** An amount in the currency of all prices. */
    public static Money euroCents(long cents) {
        return new Money(cents, EUR);
    }

    /**
     * An amount in a currency of ISO 4217.
     *
     * @param code of the currency, for example {@code EUR}
     * @throws IllegalArgumentException when there is no such currency
     */
    public static Money of(long minor, String code) {
        return Currency.availableCurrencies()
                .filter(currency -> currency.getCurrencyCode().equals(code))
                .findFirst()
                .map(currency -> new Money(minor, currency))
                .orElseThrow(
                        () -> new IllegalArgumentException("currency must be a code of ISO 4217, but is another text"));
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException when the currencies differ
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("%s can't be added to %s".formatted(other.currency, currency));
        }
        return new Money(Math.addExact(minor, other.minor), currency);
    }

    /** The price of several. */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(minor, quantity), currency);
    }
}
