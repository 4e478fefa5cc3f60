package dev.printshop.orders.domain;

import dev.printshop.shared.messages.Quoted;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an order is delivered. It is personal data: neither log records nor exceptions contain it.
 *
 * @param name the recipient, 1 to {@value #MAX_NAME} characters
 * @param street street and number, 1 to {@value #MAX_STREET} characters
 * @param postalCode 1 to {@value #MAX_POSTAL_CODE} characters
 * @param city 1 to {@value #MAX_CITY} characters
 * @param country the ISO 3166-1 alpha-2 code
 */
public record ShippingAddress(String name, String street, String postalCode, String city, String country) {

    public static final int MAX_NAME = 100;
    public static final int MAX_STREET = 200;
    public static final int MAX_POSTAL_CODE = 20;
    public static final int MAX_CITY = 100;

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** Control characters, and those that begin a new line. */
    private static final Pattern NOT_IN_A_LINE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    public ShippingAddress {
        requireLine("name", name, MAX_NAME);
        requireLine("street", street, MAX_STREET);
        requireLine("postalCode", postalCode, MAX_POSTAL_CODE);
        requireLine("city", city, MAX_CITY);
        requireCountry(country);
    }

    /**
     * Checks a line of an address.
     *
     * @param most the greatest number of characters
     * @return the line
     * @throws IllegalArgumentException with the field's name, and without the value
     */
    public static String requireLine(String field, String line, int most) {
        int length = line.codePointCount(0, line.length());
        if (line.isBlank() || length > most) {
            throw new IllegalArgumentException(
                    "%s must have 1 to %d characters and not be blank, but has %d".formatted(field, most, length));
        }
        if (NOT_IN_A_LINE.matcher(line).find()) {
            throw new IllegalArgumentException("%s must be one line without control characters".formatted(field));
        }
        return line;
    }

    /**
     * Checks a country.
     *
     * @return the country
     * @throws IllegalArgumentException when it is no code of ISO 3166-1
     */
    public static String requireCountry(String country) {
        if (!COUNTRIES.contains(country)) {
            throw new IllegalArgumentException(
                    "country must be an ISO 3166-1 alpha-2 code such as DE, but is " + Quoted.value(country));
        }
        return country;
    }

    @Override
    public String toString() {
        return "ShippingAddress[country=%s]".formatted(country);
    }
}
