package dev.printshop.shared.snapstart;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a handler is primed with.
 *
 * @param events the events, as Lambda sends them
 * @param answers the answers of services in turn, by operation
 */
record PrimingSample(List<String> events, Map<String, List<Map<String, Object>>> answers) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    /** The placeholder of the time, for rules about the age of what an event reports. */
    private static final String NOW = "now";

    /**
     * Reads a handler's sample.
     *
     * @param names the values of placeholders
     */
    static PrimingSample of(Class<?> handler, Map<String, String> names) {
        String resource = "priming/%s.json".formatted(handler.getSimpleName());
        try (@Nullable InputStream file = handler.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalArgumentException("There is no resource %s beside the handler".formatted(resource));
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return read(PLACEHOLDER.matcher(text).replaceAll(found -> value(found.group(1), names)));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static String value(String placeholder, Map<String, String> names) {
        if (placeholder.equals(NOW)) {
            return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        }
        String value = names.get(placeholder);
        if (value == null) {
            throw new IllegalArgumentException("The sample has a placeholder without a value: " + placeholder);
        }
        return Matcher.quoteReplacement(value);
    }

    private static PrimingSample read(String json) throws IOException {
        Map<String, Object> sample = JSON.std.mapFrom(json);
        List<String> events = new ArrayList<>();
        for (Object event : list(sample.get("events"))) {
            events.add(JSON.std.asString(event));
        }
        Map<String, List<Map<String, Object>>> answers = new LinkedHashMap<>();
        fields(sample.get("answers"))
                .forEach((operation, answer) -> answers.put(
                        operation,
                        list(answer).stream().map(PrimingSample::fields).toList()));
        return new PrimingSample(events, answers);
    }

    /** A single value counts as a list of one. */
    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of(Objects.requireNonNull(value));
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts as keys
    private static Map<String, Object> fields(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
