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
 * A JSON object whose fields are read with the type that is expected of them. A field that is missing or of another
 * type is an {@link InvalidJsonException} that names it by its path; a field that nobody asks for is ignored.
 *
 * <p>Mapping by hand costs a line for each field, and saves what data binding by reflection costs a function at its
 * cold start.
 */
public final class JsonObject {

    /** Of two fields with one name, one value would be lost, so such a text is refused. */
    private static final JSON READER = new JSON(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /** Writes every field that is given: without the feature, one that is null would be left out. */
    private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    /** Up to this, a {@code double} has every whole number: 2^53. */
    private static final double MAX_EXACT = 1L << 53;

    /** The years that ISO 8601 writes with four digits, so that the order of the texts is that of the times. */
    private static final Instant FIRST_INSTANT = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant AFTER_LAST_INSTANT = Instant.parse("+10000-01-01T00:00:00Z");

    private static final Pattern UTC = Pattern.compile(
            "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");

    /** As long as any that a field expects; a message doesn't repeat a longer one. */
    private static final int LONGEST_NUMBER = 32;

    private final String path;
    private final Map<?, ?> fields;

    private JsonObject(String path, Map<?, ?> fields) {
        this.path = path;
        this.fields = fields;
    }

    /** Reads fields that are parsed already, such as the event that the runtime hands to a handler. */
    public static JsonObject of(Map<?, ?> fields) {
        return new JsonObject("", fields);
    }

    /**
     * Parses a JSON text (RFC 8259) from its first character to its last. Only whitespace may follow the value, for
     * what follows would otherwise be lost without a word. For the same reason a name may be used only once in an
     * object. A byte order mark, which a sender must not add, is no JSON.
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

    /** Whether a field is there, with any value but null. */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /** The text in a field that may be missing, but may be nothing else than a text of this form. */
    public Optional<String> optionalText(String name, Pattern form) {
        return fields.containsKey(name) ? Optional.of(text(name, form)) : Optional.empty();
    }

    /** The instant in a field that may be missing, but may be nothing else than what {@link #utc} reads. */
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

    /** The values in a field that holds a list, whatever they are. */
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

    /** The objects in a field that holds a list of them, so many that the list can be stored. */
    public List<JsonObject> objects(String name, int least, int most) {
        List<JsonObject> objects = objects(name);
        if (objects.size() < least || objects.size() > most) {
            throw new InvalidJsonException("Field '%s' must hold %d to %d objects, but holds %d"
                    .formatted(pathOf(name), least, most, objects.size()));
        }
        return objects;
    }

    /** The text in a field. Half of a surrogate pair is no character, and no store keeps it. */
    public String text(String name) {
        if (!(require(name) instanceof String text)) {
            throw wrongType(name, "a text");
        }
        if (text.codePoints().anyMatch(JsonObject::isSurrogate)) {
            throw wrongType(name, "a text of Unicode characters");
        }
        return text;
    }

    /** The text in a field that is all of this form. */
    public String text(String name, Pattern form) {
        String text = text(name);
        if (!form.matcher(text).matches()) {
            throw wrongType(name, "a text of the form " + form);
        }
        return text;
    }

    /** The text in a field that is not empty and has so many characters at most, each counted once in any script. */
    public String text(String name, int most) {
        String text = text(name);
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > most) {
            throw new InvalidJsonException(
                    "Field '%s' must have 1 to %d characters, but has %d".formatted(pathOf(name), most, length));
        }
        return text;
    }

    /** The whole number in a field. However it is written, it is its value that counts: 1.0 and 1e0 are 1. */
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

    /** The whole number in a field, at least so much, and within the range of an {@code int}. */
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

    /** Names a wrong value without repeating what may be long or private. */
    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "missing";
            case String _ -> "a text";
            case Number number
            when number.toString().length() > LONGEST_NUMBER ->
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

    /** Where the text stops being JSON. Jackson's own message would repeat what is there, which may be private. */
    private static String placeIn(IOException error) {
        return error instanceof JacksonException precise ? place(precise.getLocation()) : "";
    }

    private static String place(@Nullable JsonLocation place) {
        return place == null ? "" : ": line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }
}
