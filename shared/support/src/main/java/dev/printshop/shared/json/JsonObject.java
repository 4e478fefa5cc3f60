package dev.printshop.shared.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose fields are read with their expected type. A missing field, or one of another type, leads to an
 * {@link InvalidJsonException} with its path; additional fields are ignored.
 *
 * <p>Manual mapping needs a line for each field, and avoids the cost of data binding by reflection in a cold start.
 */
public final class JsonObject {

    /** Refuses duplicate field names, because one of the values would be lost. */
    private static final JSON READER = new JSON(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /** Writes all fields: without the feature, those with null would be omitted. */
    private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    /** Up to 2^53, a {@code double} represents every whole number exactly. */
    private static final double MAX_EXACT = 1L << 53;

    /** The years that ISO 8601 writes with four digits, so that the order of the texts is that of the times. */
    private static final Instant FIRST_INSTANT = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant AFTER_LAST_INSTANT = Instant.parse("+10000-01-01T00:00:00Z");

    private static final Pattern UTC = Pattern.compile(
            "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");

    /** The greatest length of an expected number; a message doesn't repeat a longer one. */
    private static final int MAX_NUMBER_LENGTH = 32;

    private final String path;
    private final Map<?, ?> fields;

    private JsonObject(String path, Map<?, ?> fields) {
        this.path = path;
        this.fields = fields;
    }

    /** Reads fields that are already parsed, such as the event that the runtime passes to a handler. */
    public static JsonObject of(Map<?, ?> fields) {
        return new JsonObject("", fields);
    }

    /**
     * Parses a JSON text (RFC 8259) from its first character to its last. Only whitespace may follow the value, because
     * other text would be ignored silently. For the same reason, a name may be used only once in an object. A byte
     * order mark, which a sender must not add, is not JSON.
     *
     * @throws InvalidJsonException when the text isn't JSON, or is JSON but not one object
     */
    public static JsonObject parse(String text) {
        try (JsonParser parser = READER.createParser(text)) {
            Object value = READER.anyFrom(parser);
            if (parser.nextToken() != null) {
                throw new InvalidJsonException("The text must hold one JSON value, but goes on after it"
                        + place(parser.currentTokenLocation()));
            }
            if (value instanceof Map<?, ?> fields) {
                return new JsonObject("", fields);
            }
        } catch (IOException e) {
            throw new InvalidJsonException("The text is not JSON" + placeIn(e));
        }
        throw new InvalidJsonException("A JSON object is expected, but the text holds another value");
    }

    /**
     * Parses a JSON text in UTF-8, the only encoding of JSON between systems.
     *
     * @param utf8 the bytes from its position to its limit; stays as it is
     * @throws InvalidJsonException when the bytes aren't UTF-8, or as for {@link #parse(String)}
     */
    public static JsonObject parse(ByteBuffer utf8) {
        try {
            return parse(
                    StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate()).toString());
        } catch (CharacterCodingException e) {
            throw new InvalidJsonException("The text is not UTF-8", e);
        }
    }

    /** Writes fields as a JSON text. Values are text, numbers, booleans, null, lists and maps of them. */
    public static String write(Map<String, ?> fields) {
        try {
            return WRITER.asString(fields);
        } catch (IOException e) {
            throw new IllegalStateException("These fields can't be written as JSON: " + fields.keySet(), e);
        }
    }

    /** Whether a field is present with a value other than null. */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /** The text of this form in an optional field. */
    public Optional<String> optionalText(String name, Pattern form) {
        return fields.containsKey(name) ? Optional.of(text(name, form)) : Optional.empty();
    }

    /** The instant in an optional field, as {@link #utc} reads it. */
    public Optional<Instant> optionalUtc(String name) {
        return fields.containsKey(name) ? Optional.of(utc(name)) : Optional.empty();
    }

    /** The object in a field. */
    public JsonObject object(String name) {
        if (require(name) instanceof Map<?, ?> nested) {
            return new JsonObject(pathOf(name), nested);
        }
        throw wrongType(name, "an object");
    }

    /** The values of any type in a field that holds a list. */
    public List<?> values(String name) {
        if (require(name) instanceof List<?> list) {
            return list;
        }
        throw wrongType(name, "a list");
    }

    /** The objects in a field that holds a list of them. */
    public List<JsonObject> objects(String name) {
        if (!(require(name) instanceof List<?> list)) {
            throw wrongType(name, "a list of objects");
        }
        List<JsonObject> objects = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> nested)) {
                throw wrongType(name, "a list of objects");
            }
            objects.add(new JsonObject(pathOf(name) + "[" + objects.size() + "]", nested));
        }
        return objects;
    }

    /** The objects in a field that holds a list of them, within a range of lengths. */
    public List<JsonObject> objects(String name, int least, int most) {
        List<JsonObject> objects = objects(name);
        if (objects.size() < least || objects.size() > most) {
            throw new InvalidJsonException("Field '%s' must hold %d to %d objects, but holds %d"
                    .formatted(pathOf(name), least, most, objects.size()));
        }
        return objects;
    }

    /** The text in a field. Half of a surrogate pair is not a character and cannot be stored. */
    public String text(String name) {
        if (!(require(name) instanceof String text)) {
            throw wrongType(name, "a text");
        }
        if (text.codePoints().anyMatch(JsonObject::isSurrogate)) {
            throw wrongType(name, "a text of Unicode characters");
        }
        return text;
    }

    /** The text in a field, which must match this form as a whole. */
    public String text(String name, Pattern form) {
        String text = text(name);
        if (!form.matcher(text).matches()) {
            throw wrongType(name, "a text of the form " + form);
        }
        return text;
    }

    /** The text in a field, with 1 to {@code most} code points. */
    public String text(String name, int most) {
        String text = text(name);
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > most) {
            throw new InvalidJsonException(
                    "Field '%s' must have 1 to %d characters, but has %d".formatted(pathOf(name), most, length));
        }
        return text;
    }

    /** The whole number in a field. The notation does not matter: 1.0 and 1e0 are 1. */
    public long number(String name) {
        return wholeNumber(require(name)).orElseThrow(() -> wrongType(name, "a whole number"));
    }

    /** The whole number in a field, within a range. */
    public long number(String name, long least, long most) {
        long number = number(name);
        if (number < least || number > most) {
            throw wrongType(name, "%d to %d".formatted(least, most));
        }
        return number;
    }

    /** The whole numbers in a field that holds a list of them, each within the range of an {@code int}. */
    public List<Integer> integers(String name) {
        return values(name).stream()
                .map(value -> wholeNumber(value)
                        .filter(number -> number == number.intValue())
                        .orElseThrow(() -> wrongType(name, "a list of whole numbers of at most 32 bits"))
                        .intValue())
                .toList();
    }

    /** The whole number in a field, within the range of an {@code int}. */
    public int integer(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw wrongType(name, "a whole number of at most 32 bits");
        }
        return (int) number;
    }

    /** The whole number in a field, at least {@code least}, and within the range of an {@code int}. */
    public int integer(String name, int least) {
        return (int) number(name, least, Integer.MAX_VALUE);
    }

    /** The number in a field, whole or not, but finite. */
    public double decimal(String name) {
        if (require(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrongType(name, "a number");
    }

    /** The number in a field, whole or not, within a range. */
    public double decimal(String name, double least, double most) {
        double decimal = decimal(name);
        if (decimal < least || decimal > most) {
            throw wrongType(name, "%s to %s".formatted(least, most));
        }
        return decimal;
    }

    /** The instant in a field, written in UTC and in the years 0000 to 9999, as the schemas of events have it. */
    public Instant utc(String name) {
        if (!UTC.matcher(text(name)).matches()) {
            throw wrongType(name, "an ISO 8601 instant in UTC, with a year of four digits");
        }
        return instant(name);
    }

    /** The instant in a field, written as in ISO 8601, for example {@code 2026-11-23T10:15:30Z}. */
    public Instant instant(String name) {
        try {
            Instant instant = Instant.parse(text(name));
            if (instant.isBefore(FIRST_INSTANT) || !instant.isBefore(AFTER_LAST_INSTANT)) {
                throw wrongType(name, "an instant of the years 0000 to 9999");
            }
            return instant;
        } catch (DateTimeException _) {
            throw wrongType(name, "an ISO 8601 instant");
        }
    }

    private static Optional<Long> wholeNumber(@Nullable Object value) {
        return switch (value) {
            case Integer number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            case BigInteger number when number.bitLength() < Long.SIZE -> Optional.of(number.longValue());
            case BigDecimal number -> wholeNumber(number.doubleValue());
            // A greater one may have been rounded when it was parsed.
            case Double number
            when number == Math.rint(number) && Math.abs(number) <= MAX_EXACT -> Optional.of(number.longValue());
            case null, default -> Optional.empty();
        };
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private Object require(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new InvalidJsonException("Field '%s' is missing".formatted(pathOf(name)));
        }
        return value;
    }

    private InvalidJsonException wrongType(String name, String expected) {
        @Nullable Object value = fields.get(name);
        return new InvalidJsonException(
                "Field '%s' must be %s, but is %s".formatted(pathOf(name), expected, describe(value)));
    }

    /** Describes a wrong value without repeating it, because it may be long or private. */
    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "missing";
            case String _ -> "a text";
            case Number number
            when number.toString().length() > MAX_NUMBER_LENGTH ->
                "a number of %d characters".formatted(number.toString().length());
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case List<?> _ -> "a list";
            default -> "an object";
        };
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The place of the syntax error. Jackson's own message would repeat the text, which may be private. */
    private static String placeIn(IOException error) {
        return error instanceof JacksonException precise ? place(precise.getLocation()) : "";
    }

    private static String place(@Nullable JsonLocation place) {
        return place == null ? "" : ": line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }
}
