package dev.printshop.local.streams;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The filter criteria of an event source mapping: a record is selected if one of the patterns matches it. In the
 * records of Kinesis, {@code data} is the decoded base64 text, as JSON if it is JSON.
 */
public final class EventFilter implements Predicate<StreamRecord> {

    private static final JSON READER = JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final List<Map<?, ?>> patterns;

    private EventFilter(List<Map<?, ?>> patterns) {
        this.patterns = patterns;
    }

    /**
     * Reads the patterns; without any, every record is selected.
     *
     * @throws IllegalArgumentException if one is no JSON object, or contains an unknown rule
     */
    public static EventFilter of(List<String> patterns) {
        List<Map<?, ?>> read = new ArrayList<>();
        for (String pattern : patterns) {
            try {
                Map<?, ?> object = READER.mapFrom(pattern);
                matches(object, Map.of()); // detects unknown rules
                read.add(object);
            } catch (IOException e) {
                throw new IllegalArgumentException("A filter's pattern is no JSON object: " + pattern, e);
            }
        }
        return new EventFilter(read);
    }

    @Override
    public boolean test(StreamRecord record) {
        if (patterns.isEmpty()) {
            return true;
        }
        Map<?, ?> event =
                record.event().get("kinesis") instanceof Map<?, ?> kinesis ? withDataDecoded(kinesis) : record.event();
        return patterns.stream().anyMatch(pattern -> matches(pattern, event));
    }

    private static Map<?, ?> withDataDecoded(Map<?, ?> kinesis) {
        Map<Object, Object> decoded = new HashMap<>(kinesis);
        byte[] data = Base64.getDecoder().decode(String.valueOf(kinesis.get("data")));
        try {
            decoded.put("data", READER.anyFrom(data));
        } catch (IOException _) {
            // "If the data isn't valid JSON, Lambda drops the record" when the pattern contains it.
            decoded.remove("data");
        }
        return decoded;
    }

    private static boolean matches(Map<?, ?> pattern, Map<?, ?> event) {
        boolean all = true;
        // Every entry is evaluated, also after a mismatch: unknown rules must be detected immediately.
        for (Map.Entry<?, ?> entry : pattern.entrySet()) {
            String name = String.valueOf(entry.getKey());
            Object value = event.get(name);
            all &= switch (entry.getValue()) {
                case List<?> alternatives when name.equals("$or") -> matchesOne(alternatives, event);
                case List<?> rules -> matchesARule(rules, event.containsKey(name), value);
                case Map<?, ?> nested -> matches(nested, value instanceof Map<?, ?> object ? object : Map.of());
                case null, default ->
                    throw new IllegalArgumentException(
                            "A filter's pattern must have a list or an object at '%s'".formatted(name));
            };
        }
        return all;
    }

    private static boolean matchesOne(List<?> alternatives, Map<?, ?> event) {
        boolean one = false;
        for (Object alternative : alternatives) {
            one |= alternative instanceof Map<?, ?> pattern && matches(pattern, event);
        }
        return one;
    }

    private static boolean matchesARule(List<?> rules, boolean exists, @Nullable Object value) {
        boolean one = false;
        for (Object rule : rules) {
            if (rule instanceof Map<?, ?> named && named.containsKey("exists")) {
                // Only leaves can exist.
                one |= (exists && !(value instanceof Map)) == Boolean.TRUE.equals(named.get("exists"));
            } else if (value instanceof List<?> values && !values.isEmpty()) {
                for (Object element : values) {
                    one |= matchesRule(rule, exists, element);
                }
            } else {
                one |= matchesRule(rule, exists, value);
            }
        }
        return one;
    }

    private static boolean matchesRule(@Nullable Object rule, boolean exists, @Nullable Object value) {
        if (!(rule instanceof Map<?, ?> named)) {
            return exists && same(rule, value);
        }
        String name = String.valueOf(named.keySet().iterator().next());
        Object operand = named.get(name);
        return switch (name) {
            case "prefix" -> value instanceof String text && text.startsWith(String.valueOf(operand));
            case "suffix" -> value instanceof String text && text.endsWith(String.valueOf(operand));
            case "equals-ignore-case" ->
                value instanceof String text
                        && text.toLowerCase(Locale.ROOT)
                                .equals(String.valueOf(operand).toLowerCase(Locale.ROOT));
            case "anything-but" -> exists && !isOneOf(operand, value);
            case "numeric" -> isInRange(operand, value);
            default ->
                throw new IllegalArgumentException("The rule '%s' of a filter is not known here".formatted(name));
        };
    }

    private static boolean isOneOf(@Nullable Object excluded, @Nullable Object value) {
        return switch (excluded) {
            case List<?> list -> list.stream().anyMatch(one -> same(one, value));
            case Map<?, ?> nested -> matchesRule(nested, true, value);
            case null, default -> same(excluded, value);
        };
    }

    private static boolean isInRange(@Nullable Object range, @Nullable Object value) {
        if (!(range instanceof List<?> bounds) || bounds.isEmpty() || bounds.size() % 2 != 0) {
            throw new IllegalArgumentException(
                    "A filter's numeric rule must be pairs of a comparison and a number, not " + range);
        }
        boolean all = value instanceof Number;
        for (int n = 0; n < bounds.size(); n += 2) {
            BigDecimal bound = decimal(bounds.get(n + 1));
            int order = value instanceof Number ? decimal(value).compareTo(bound) : 0;
            all &= switch (String.valueOf(bounds.get(n))) {
                case "=" -> order == 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default ->
                    throw new IllegalArgumentException(
                            "A filter's numeric rule has the comparison '%s'".formatted(bounds.get(n)));
            };
        }
        return all;
    }

    private static boolean same(@Nullable Object expected, @Nullable Object value) {
        if (expected instanceof Number && value instanceof Number) {
            return decimal(expected).compareTo(decimal(value)) == 0;
        }
        return expected == null ? value == null : expected.equals(value);
    }

    private static BigDecimal decimal(@Nullable Object number) {
        return new BigDecimal(String.valueOf(number));
    }
}
