package dev.printshop.shared.aws;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One of DynamoDB's expressions, as far as the application uses them: on attributes of the first level. */
final class DynamoDbExpression {

    private static final Pattern TOKEN = Pattern.compile("[()=,]|<=|>=|<>|<|>|[#:]?\\w+");

    private final Deque<String> tokens;
    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;

    DynamoDbExpression(String expression, Map<String, String> names, Map<String, AttributeValue> values) {
        this.tokens = new ArrayDeque<>(
                TOKEN.matcher(expression).results().map(MatchResult::group).toList());
        this.names = names;
        this.values = values;
    }

    /** Whether an item meets the condition. */
    boolean holdsFor(Map<String, AttributeValue> item) {
        boolean holds = or(item);
        DynamoDbLimits.demand(tokens.isEmpty(), "Syntax error at " + tokens);
        return holds;
    }

    /** The item after the update. */
    Map<String, AttributeValue> appliedTo(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> updated = new HashMap<>(item);
        while (!tokens.isEmpty()) {
            String clause = next();
            do {
                String attribute = attribute();
                switch (clause) {
                    case "SET" -> {
                        expect("=");
                        updated.put(attribute, operand(item));
                    }
                    case "REMOVE" -> updated.remove(attribute);
                    case "ADD" -> updated.merge(attribute, value(), DynamoDbExpression::sum);
                    default -> throw DynamoDbLimits.refusal("Unknown clause " + clause);
                }
            } while (accept(","));
        }
        return updated;
    }

    /** A value, or what the item has already. */
    private AttributeValue operand(Map<String, AttributeValue> item) {
        if (!accept("if_not_exists")) {
            return value();
        }
        expect("(");
        @Nullable AttributeValue known = item.get(attribute());
        expect(",");
        AttributeValue value = value();
        expect(")");
        return known == null ? value : known;
    }

    private static AttributeValue sum(AttributeValue known, AttributeValue added) {
        if (known.n() != null) {
            return AttributeValue.fromN(
                    new BigDecimal(known.n()).add(new BigDecimal(added.n())).toPlainString());
        }
        TreeSet<String> all = new TreeSet<>(known.ss());
        all.addAll(added.ss());
        return AttributeValue.fromSs(all.stream().toList());
    }

    private boolean or(Map<String, AttributeValue> item) {
        boolean holds = and(item);
        while (accept("OR")) {
            holds |= and(item);
        }
        return holds;
    }

    private boolean and(Map<String, AttributeValue> item) {
        boolean holds = term(item);
        while (accept("AND")) {
            holds &= term(item);
        }
        return holds;
    }

    private boolean term(Map<String, AttributeValue> item) {
        if (accept("(")) {
            boolean holds = or(item);
            expect(")");
            return holds;
        }
        if (accept("attribute_exists")) {
            return item.containsKey(argument());
        }
        if (accept("attribute_not_exists")) {
            return !item.containsKey(argument());
        }
        if (accept("begins_with")) {
            expect("(");
            AttributeValue text = item.get(attribute());
            expect(",");
            String prefix = value().s();
            expect(")");
            return text != null && text.s().startsWith(prefix);
        }
        AttributeValue actual = item.get(attribute());
        String operator = next();
        int order = compare(actual, value());
        return actual != null
                && switch (operator) {
                    case "=" -> order == 0;
                    case "<>" -> order != 0;
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    case ">=" -> order >= 0;
                    default -> throw DynamoDbLimits.refusal("Unknown operator " + operator);
                };
    }

    private String argument() {
        expect("(");
        String attribute = attribute();
        expect(")");
        return attribute;
    }

    private static int compare(@Nullable AttributeValue actual, AttributeValue wanted) {
        if (actual == null) {
            return -1;
        }
        return wanted.n() == null
                ? compare(actual.s(), wanted.s())
                : new BigDecimal(actual.n()).compareTo(new BigDecimal(wanted.n()));
    }

    /** The order of texts in DynamoDB is that of their bytes in UTF-8. */
    static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String attribute() {
        String name = next();
        return name.startsWith("#") ? requireNonNull(names.get(name), name) : name;
    }

    private AttributeValue value() {
        String name = next();
        return requireNonNull(values.get(name), name);
    }

    private String next() {
        DynamoDbLimits.demand(!tokens.isEmpty(), "The expression ends too early");
        return tokens.removeFirst();
    }

    private boolean accept(String token) {
        if (token.equals(tokens.peekFirst())) {
            tokens.removeFirst();
            return true;
        }
        return false;
    }

    private void expect(String token) {
        DynamoDbLimits.demand(accept(token), "Expected %s before %s".formatted(token, tokens));
    }
}
