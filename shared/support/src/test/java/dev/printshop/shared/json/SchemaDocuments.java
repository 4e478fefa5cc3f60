package dev.printshop.shared.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.jr.ob.JSON;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random documents that fit one of the schemas in {@code events/schemas}, and documents that break one constraint of
 * it. A validator that is independent of this class checks the documents, too.
 */
public final class SchemaDocuments {

    private static final Path SCHEMAS = findSchemas();
    private static final Pattern SOURCE = Pattern.compile("event with source (\\S+) and detail-type");
    private static final List<String> CHARACTERS = List.of("a", "Z", "0", " ", "ü", "\"", "\\", "\n", "中", "𝒜");
    private static final List<String> INSTANTS = List.of(
            "0000-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999999Z",
            "1970-01-01T00:00:00Z",
            "2000-01-01T00:00:00Z",
            "2024-02-29T12:00:00.1Z",
            "2099-12-31T23:59:59.999999999Z",
            "9999-12-31T23:59:59.999999999Z");

    private final String title;
    private final Map<?, ?> schema;
    private final Schema judge;
    private final Random random;

    private SchemaDocuments(Path file, Random random) {
        try {
            String text = Files.readString(file);
            this.schema = JSON.std.mapFrom(text);
            this.judge = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.title = String.valueOf(schema.get("title"));
        this.random = random;
    }

    /** The documents of one schema, always the same for the same seed. */
    public static SchemaDocuments of(String title, long seed) {
        return new SchemaDocuments(SCHEMAS.resolve(title + ".json"), new Random(seed));
    }

    /** All schemas. */
    public static List<SchemaDocuments> all(long seed) {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            return files.sorted()
                    .map(file -> new SchemaDocuments(file, new Random(seed)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Modules have different depths below the folder of the application. */
    private static Path findSchemas() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve("events").resolve("schemas"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow();
    }

    public String title() {
        return title;
    }

    /** The source of the events with the schema, as its description says. */
    public String source() {
        Matcher source = SOURCE.matcher(String.valueOf(schema.get("description")));
        if (!source.find()) {
            throw new AssertionError("The description of %s has no source".formatted(title));
        }
        return source.group(1);
    }

    public Random random() {
        return random;
    }

    /** A document that fits the schema; texts and numbers are at a bound more often than elsewhere. */
    public Map<String, Object> valid() {
        return object(schema);
    }

    /** Whether a document fits the schema, formats included. */
    public boolean fits(Map<String, ?> document) {
        return judge.validate(
                        JsonObject.write(document),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .isEmpty();
    }

    /**
     * A document with one constraint broken.
     *
     * @param field the name of the field that breaks it
     * @param constraint which one
     */
    public record Violation(String field, String constraint, Map<String, Object> document) {}

    /** For each constraint of the schema, and each way to break it, a document that breaks it. */
    public List<Violation> violations(Map<String, Object> valid) {
        List<Violation> violations = new ArrayList<>();
        inObject(
                schema,
                valid,
                (field, constraint, broken) -> violations.add(new Violation(field, constraint, asObject(broken))));
        return violations;
    }

    // -- Valid values ------------------------------------------------------------------------------------------------

    private Object value(Map<?, ?> type) {
        if (isAny(type)) {
            return List.of("text", 7, true, List.of(), Map.of("a", 1)).get(random.nextInt(5));
        }
        return switch (String.valueOf(type.get("type"))) {
            case "object" -> object(type);
            case "array" -> array(type);
            case "string" -> text(type);
            case "integer" -> integer(type);
            case "number" -> number(type);
            default -> throw new AssertionError("Unknown type of " + type);
        };
    }

    /** A field of any type is for the log only. */
    private static boolean isAny(Map<?, ?> type) {
        return !type.containsKey("type");
    }

    private Map<String, Object> object(Map<?, ?> type) {
        Map<String, Object> object = new LinkedHashMap<>();
        List<?> required = requireNonNull((List<?>) type.get("required"));
        properties(type).forEach((name, property) -> {
            if (required.contains(name) || random.nextBoolean()) {
                object.put(name, value(property));
            }
        });
        if (random.nextInt(3) == 0) {
            object.put("addedLater", Map.of("number", 1, "texts", List.of("a", "b")));
        }
        return object;
    }

    private List<Object> array(Map<?, ?> type) {
        int size = (int) between(bound(type, "minItems", 0), bound(type, "maxItems", 3));
        return Stream.generate(() -> value(asSchema(type.get("items"))))
                .limit(size)
                .toList();
    }

    private String text(Map<?, ?> type) {
        if (type.containsKey("enum")) {
            List<?> values = (List<?>) type.get("enum");
            return String.valueOf(values.get(random.nextInt(values.size())));
        }
        if ("date-time".equals(type.get("format"))) {
            return Stream.generate(this::instant)
                    .filter(text -> matches(type, text))
                    .findFirst()
                    .orElseThrow();
        }
        if (type.containsKey("pattern")) {
            return RegexTexts.matching(String.valueOf(type.get("pattern")), random);
        }
        return text((int) between(bound(type, "minLength", 0), bound(type, "maxLength", 20)));
    }

    private String text(int codePoints) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < codePoints; i++) {
            text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return text.toString();
    }

    private String instant() {
        if (random.nextInt(4) == 0) {
            return INSTANTS.get(random.nextInt(INSTANTS.size()));
        }
        Instant instant = Instant.ofEpochSecond(
                random.nextLong(946_684_800L, 4_102_444_800L),
                random.nextBoolean() ? random.nextInt(1_000_000_000) : 0);
        return instant.toString();
    }

    /** Some integers are written with a decimal point, which JSON Schema allows. */
    private Number integer(Map<?, ?> type) {
        long integer = between(bound(type, "minimum", Integer.MIN_VALUE), bound(type, "maximum", Integer.MAX_VALUE));
        return random.nextInt(4) == 0 ? (Number) (double) integer : (Number) integer;
    }

    private double number(Map<?, ?> type) {
        double least = decimal(type, "minimum", -1e9);
        double most = decimal(type, "maximum", 1e9);
        double number = switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> -0.0;
            case 3 -> 1e-200;
            default -> random.nextDouble(least, most);
        };
        return number < least || number > most ? least : number;
    }

    private long between(long least, long most) {
        return switch (random.nextInt(3)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextLong(least, most + 1);
        };
    }

    // -- Violations --------------------------------------------------------------------------------------------------

    /** Takes the field that breaks a constraint, the constraint, and the value with what is broken in it. */
    @FunctionalInterface
    private interface Broken {
        void accept(String field, String constraint, @Nullable Object value);
    }

    private void inObject(Map<?, ?> type, Map<String, Object> valid, Broken broken) {
        List<?> required = requireNonNull((List<?>) type.get("required"));
        properties(type).forEach((name, property) -> {
            if (required.contains(name)) {
                Map<String, Object> without = new LinkedHashMap<>(valid);
                without.remove(name);
                broken.accept(name, "required", without);
            }
            Object value = valid.containsKey(name) ? valid.get(name) : value(property);
            inValue(name, property, value, (field, constraint, brokenValue) -> {
                Map<String, Object> with = new LinkedHashMap<>(valid);
                with.put(name, brokenValue);
                broken.accept(field, constraint, with);
            });
        });
    }

    private void inValue(String name, Map<?, ?> type, Object valid, Broken broken) {
        if (isAny(type)) {
            return; // nothing breaks it
        }
        Broken ofThis = (_, constraint, value) -> broken.accept(name, constraint, value);
        ofThis.accept(name, "null", null);
        ofThis.accept(name, "boolean", true);
        switch (String.valueOf(type.get("type"))) {
            case "object" -> {
                ofThis.accept(name, "no object", List.of());
                inObject(type, asObject(valid), broken);
            }
            case "array" -> inArray(name, type, (List<?>) valid, broken);
            case "string" -> {
                ofThis.accept(name, "no text", 7);
                brokenTexts(type, String.valueOf(valid), text -> ofThis.accept(name, "text", text));
            }
            case "integer" -> {
                ofThis.accept(name, "no number", "1");
                ofThis.accept(name, "no whole number", bound(type, "minimum", 0) + 0.5);
                ifGiven(type, "minimum", least -> ofThis.accept(name, "minimum", least.longValue() - 1));
                ifGiven(type, "maximum", most -> ofThis.accept(name, "maximum", most.longValue() + 1));
            }
            case "number" -> {
                ofThis.accept(name, "no number", "1");
                ifGiven(type, "minimum", least -> ofThis.accept(name, "minimum", Math.nextDown(least.doubleValue())));
                ifGiven(type, "maximum", most -> ofThis.accept(name, "maximum", Math.nextUp(most.doubleValue())));
                ifGiven(type, "maximum", _ -> ofThis.accept(name, "maximum", 1e300));
            }
            default -> throw new AssertionError("Unknown type of " + type);
        }
    }

    private void inArray(String name, Map<?, ?> type, List<?> valid, Broken broken) {
        Map<?, ?> items = asSchema(type.get("items"));
        broken.accept(name, "no list", Map.of());
        ifGiven(type, "minItems", least -> {
            if (least.intValue() > 0) {
                broken.accept(name, "minItems", valid.subList(0, least.intValue() - 1));
            }
        });
        ifGiven(
                type,
                "maxItems",
                most -> broken.accept(
                        name,
                        "maxItems",
                        Stream.generate(() -> value(items))
                                .limit(most.longValue() + 1)
                                .toList()));
        List<Object> elements = new ArrayList<>(valid);
        if (elements.isEmpty()) {
            elements.add(value(items));
        }
        int place = random.nextInt(elements.size());
        if ("object".equals(items.get("type"))) {
            inObject(items, asObject(elements.get(place)), (field, constraint, element) -> {
                List<Object> with = new ArrayList<>(elements);
                with.set(place, element);
                broken.accept(field, constraint, with);
            });
        }
    }

    private void brokenTexts(Map<?, ?> type, String valid, Consumer<String> broken) {
        List<String> candidates =
                new ArrayList<>(List.of("", " ", valid + "/", "é" + valid, valid.repeat(30), "x", "x\0"));
        if ("date-time".equals(type.get("format"))) {
            candidates.addAll(List.of(
                    "2026-02-30T12:00:00Z",
                    "2026-11-26T24:00:00Z",
                    "2026-11-26T12:00:60Z",
                    "2026-11-26T12:00:00+01:00",
                    "+10000-01-01T00:00:00Z",
                    "-0001-01-01T00:00:00Z",
                    "2026-11-26"));
        }
        ifGiven(type, "maxLength", most -> candidates.add(text(most.intValue() + 1)));
        candidates.stream().filter(text -> !isAllowed(type, text)).forEach(broken);
    }

    private static boolean isAllowed(Map<?, ?> type, String text) {
        int length = text.codePointCount(0, text.length());
        if (length < bound(type, "minLength", 0) || length > bound(type, "maxLength", Integer.MAX_VALUE)) {
            return false;
        }
        if (type.containsKey("enum")) {
            return ((List<?>) type.get("enum")).contains(text);
        }
        return matches(type, text) && (!"date-time".equals(type.get("format")) || isInstant(text));
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    // -- Schemas -----------------------------------------------------------------------------------------------------

    private static boolean matches(Map<?, ?> type, String text) {
        Object pattern = type.get("pattern");
        return pattern == null
                || Pattern.compile(String.valueOf(pattern)).matcher(text).matches();
    }

    private static void ifGiven(Map<?, ?> type, String keyword, Consumer<Number> then) {
        if (type.get(keyword) instanceof Number bound) {
            then.accept(bound);
        }
    }

    private static long bound(Map<?, ?> type, String keyword, long otherwise) {
        return type.get(keyword) instanceof Number bound ? bound.longValue() : otherwise;
    }

    private static double decimal(Map<?, ?> type, String keyword, double otherwise) {
        return type.get(keyword) instanceof Number bound ? bound.doubleValue() : otherwise;
    }

    @SuppressWarnings("unchecked") // so it is in a schema
    private static Map<String, Map<?, ?>> properties(Map<?, ?> type) {
        return requireNonNull((Map<String, Map<?, ?>>) type.get("properties"));
    }

    private static Map<?, ?> asSchema(@Nullable Object value) {
        if (value instanceof Map<?, ?> schema) {
            return schema;
        }
        throw new AssertionError("No schema: " + value);
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private static Map<String, Object> asObject(@Nullable Object value) {
        return (Map<String, Object>) asSchema(value);
    }
}
