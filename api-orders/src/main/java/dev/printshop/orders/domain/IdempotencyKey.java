package dev.printshop.orders.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key by which a client marks repetitions of one request, in the header {@value #HEADER}.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters of ASCII without control characters
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The Idempotency-Key HTTP
 *     Header Field</a>
 */
public record IdempotencyKey(String value) {

    /** The name of the header. */
    public static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 255;

    /** The length of the longest key in quotes, when each of its characters is escaped. */
    private static final int MAX_HEADER_LENGTH = 2 * MAX_LENGTH + 2;

    private static final Pattern FORM = Pattern.compile("[\\x20-\\x7E]{1," + MAX_LENGTH + "}");

    /** A string of structured fields (RFC 9651, section 3.3.3): quotes and backslashes in it are escaped. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20-\\x7E&&[^\"\\\\]]|\\\\[\"\\\\])*)\"");

    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\])");

    /** The characters of tokens of structured fields. Many clients send a UUID without quotes. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~:/-]+");

    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "%s must have 1 to %d ASCII characters, but has %d".formatted(HEADER, MAX_LENGTH, value.length()));
        }
    }

    /**
     * The key of a header: a quoted string as the draft requires, or a bare token, which is the same key.
     *
     * @throws IllegalArgumentException when it is neither, or is too long
     */
    public static IdempotencyKey ofHeader(String header) {
        String stripped = header.strip();
        if (stripped.length() > MAX_HEADER_LENGTH) {
            throw new IllegalArgumentException(
                    "%s must have 1 to %d ASCII characters, but is longer".formatted(HEADER, MAX_LENGTH));
        }
        if (BARE.matcher(stripped).matches()) {
            return new IdempotencyKey(stripped);
        }
        Matcher quoted = QUOTED.matcher(stripped);
        if (quoted.matches()) {
            return new IdempotencyKey(ESCAPE.matcher(quoted.group(1)).replaceAll("$1"));
        }
        throw new IllegalArgumentException(
                HEADER + " must be a string in quotes such as \"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
    }
}
