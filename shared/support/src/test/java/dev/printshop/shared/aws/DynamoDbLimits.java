package dev.printshop.shared.aws;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * DynamoDB's limits for items, and its normal form of numbers.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Quotas in Amazon
 *     DynamoDB</a>
 */
final class DynamoDbLimits {

    static final int MAX_READ_BATCH = 100;
    static final int MAX_WRITE_BATCH = 25;
    static final int MAX_IN_A_TRANSACTION = 100;
    static final int MAX_PAGE_BYTES = 1024 * 1024;

    /** The greatest size of one call's items and of one answer. */
    static final int MAX_CALL_BYTES = 16 * 1024 * 1024;

    private static final int MAX_ITEM_BYTES = 400 * 1024;
    private static final int MAX_PARTITION_KEY_BYTES = 2_048;
    private static final int MAX_SORT_KEY_BYTES = 1_024;
    private static final int MAX_EXPRESSION_BYTES = 4_096;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_DIGITS = 38;
    private static final BigDecimal LARGEST = new BigDecimal("9.9999999999999999999999999999999999999E+125");
    private static final BigDecimal SMALLEST = new BigDecimal("1E-130");

    private DynamoDbLimits() {}

    /** An item as the table stores it. */
    static Map<String, AttributeValue> stored(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> stored = new HashMap<>();
        item.forEach((name, value) -> stored.put(name, stored(value, 1)));
        long bytes = bytes(stored);
        demand(bytes <= MAX_ITEM_BYTES, "Item size has exceeded the maximum allowed size: " + bytes);
        return Map.copyOf(stored);
    }

    /** Refuses keys that a table can't have. */
    static void requireKey(Map<String, AttributeValue> key, String partitionKey, String sortKey) {
        demand(key.keySet().containsAll(List.of(partitionKey, sortKey)), "The key lacks an attribute: " + key.keySet());
        requireKeyText(partitionKey, requireNonNull(key.get(partitionKey)), MAX_PARTITION_KEY_BYTES);
        requireKeyText(sortKey, requireNonNull(key.get(sortKey)), MAX_SORT_KEY_BYTES);
    }

    private static void requireKeyText(String name, AttributeValue value, int maxBytes) {
        demand(
                value.s() != null && !value.s().isEmpty(),
                "Key attribute %s must be a text with content".formatted(name));
        demand(utf8(value.s()) <= maxBytes, "Key attribute %s has %d bytes".formatted(name, utf8(value.s())));
    }

    /** Refuses an expression that is too long, or that leaves a value or a name unused. */
    static void requireExpression(String expression, Collection<String> names, Collection<String> values) {
        demand(utf8(expression) <= MAX_EXPRESSION_BYTES, "Expression size has exceeded the maximum allowed size");
        names.forEach(name -> demand(expression.matches("(?s).*" + name + "\\b.*"), "Unused in expressions: " + name));
        values.forEach(
                value -> demand(expression.matches("(?s).*" + value + "\\b.*"), "Unused in expressions: " + value));
    }

    /** Refuses a batch of too many entries, or with one key twice. */
    static void requireBatch(List<Map<String, AttributeValue>> keys, int most) {
        demand(
                !keys.isEmpty() && keys.size() <= most,
                "A batch must have 1 to %d entries, but has %d".formatted(most, keys.size()));
        demand(new HashSet<>(keys).size() == keys.size(), "Provided list of item keys contains duplicates");
    }

    static void requireCall(long bytes) {
        demand(bytes <= MAX_CALL_BYTES, "The request has %d bytes".formatted(bytes));
    }

    static long bytes(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToLong(attribute -> utf8(attribute.getKey()) + bytes(attribute.getValue()))
                .sum();
    }

    static DynamoDbException refusal(String message) {
        return (DynamoDbException) DynamoDbException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ValidationException")
                        .errorMessage(message)
                        .build())
                .build();
    }

    static void demand(boolean holds, String message) {
        if (!holds) {
            throw refusal(message);
        }
    }

    private static AttributeValue stored(AttributeValue value, int depth) {
        demand(depth <= MAX_DEPTH, "Nesting Levels have exceeded supported limits");
        if (value.n() != null) {
            return AttributeValue.fromN(number(value.n()));
        }
        if (value.hasL()) {
            return AttributeValue.fromL(value.l().stream()
                    .map(element -> stored(element, depth + 1))
                    .toList());
        }
        if (value.hasM()) {
            Map<String, AttributeValue> stored = new HashMap<>();
            value.m().forEach((name, element) -> stored.put(name, stored(element, depth + 1)));
            return AttributeValue.fromM(stored);
        }
        if (value.hasSs()) {
            requireSet(value.ss());
        }
        if (value.hasNs()) {
            List<String> numbers =
                    value.ns().stream().map(DynamoDbLimits::number).toList();
            requireSet(numbers);
            return AttributeValue.fromNs(numbers);
        }
        if (value.s() != null) {
            requireUnicode(value.s());
        }
        return value;
    }

    private static void requireSet(List<?> set) {
        demand(!set.isEmpty(), "An string set may not be empty");
        demand(new HashSet<>(set).size() == set.size(), "Input collection contains duplicates");
    }

    /** The SDK would write a question mark for half a surrogate pair. */
    private static void requireUnicode(String text) {
        demand(StandardCharsets.UTF_8.newEncoder().canEncode(text), "A text must be Unicode");
    }

    /** A number as DynamoDB returns it: without zeros at its ends, without an exponent, and zero without a sign. */
    private static String number(String written) {
        BigDecimal number;
        try {
            number = new BigDecimal(written).stripTrailingZeros();
        } catch (NumberFormatException _) {
            throw refusal("The parameter cannot be converted to a numeric value: " + written);
        }
        demand(number.precision() <= MAX_DIGITS, "Attempting to store more than 38 significant digits in a Number");
        demand(number.abs().compareTo(LARGEST) <= 0, "Number overflow");
        demand(number.signum() == 0 || number.abs().compareTo(SMALLEST) >= 0, "Number underflow");
        return number.signum() == 0 ? "0" : number.toPlainString();
    }

    private static long bytes(AttributeValue value) {
        if (value.hasM()) {
            return 3 + value.m().size() + bytes(value.m());
        }
        if (value.hasL()) {
            return 3
                    + value.l().stream()
                            .mapToLong(element -> 1 + bytes(element))
                            .sum();
        }
        if (value.n() != null) {
            return 2L + (new BigDecimal(value.n()).precision() + 1) / 2;
        }
        if (value.hasSs()) {
            return value.ss().stream().mapToLong(DynamoDbLimits::utf8).sum();
        }
        return value.s() == null ? 1 : utf8(value.s());
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
