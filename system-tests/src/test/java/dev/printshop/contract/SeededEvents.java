package dev.printshop.contract;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.contract.FunctionRun.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sample events with a canary in each place that can contain a sender's text, but not in the parts that AWS adds.
 */
final class SeededEvents {

    /** Texts that no log and no answer must contain, of each kind. */
    static final String PRIVATE = "Canary Personname, Canary Street 7, canary@example.org";

    /** A token, in a form that no identifier has. */
    static final String TOKEN = "canarytoken.eyJzdWIiOiJjYW5hcnkifQ.canarysignature==";

    /** The API key of a hub; a key of another form ends in the function's first line. */
    private static final String KEY = "FRAcanarytoken123456789012345678901";

    /** Begins a line if one of the preceding characters is a line break. */
    static final String INJECTED = "INJECTED";

    private static final String CONTROLS = String.join(
            INJECTED, "x", "\r\n", "\u0085", "\u2028", "\u2029", "\u202E", "\u2066", "\u0000", "\u001B", "");

    /** If one of these is cut at any UTF-16 unit, half a character is left. */
    private static final String LONG = "\uD83D\uDE00".repeat(2_000);

    private static final String LONG_ODD = "x" + LONG;

    private static final Map<String, String> CANARIES =
            Map.of("private", PRIVATE + " " + TOKEN, "controls", CONTROLS, "long", LONG, "long, odd", LONG_ODD);

    /** The message of AWS for a refused call. */
    private static final List<String> REFUSALS = List.of(CONTROLS + LONG, CONTROLS + LONG_ODD);

    private SeededEvents() {}

    /** All invocations made of a sample event. */
    static List<Invocation> of(String name, String sample) {
        try {
            Object event = JSON.std.anyFrom(sample);
            addPrivateHeaders(event);
            List<Invocation> invocations = new ArrayList<>();
            invocations.add(new Invocation(name, JSON.std.asString(event), ""));
            for (String refusal : REFUSALS) {
                invocations.add(new Invocation(name + ", refused by AWS", JSON.std.asString(event), refusal));
            }
            CANARIES.forEach((kind, canary) -> seed(
                    event,
                    "",
                    canary,
                    (place, seeded) -> invocations.add(
                            new Invocation("%s, %s canary at %s".formatted(name, kind, place), write(seeded), ""))));
            return invocations;
        } catch (IOException e) {
            throw new IllegalArgumentException(name + " is not JSON", e);
        }
    }

    /** Receives an event with a canary, and the place of the canary. */
    @FunctionalInterface
    private interface Seeded {
        void accept(String place, Object event);
    }

    private static void addPrivateHeaders(Object event) {
        if (event instanceof Map<?, ?> fields && fields.containsKey("httpMethod")) {
            @SuppressWarnings("unchecked") // as Jackson makes it
            Map<String, Object> headers = (Map<String, Object>) fields.get("headers");
            if (headers != null) {
                headers.put("Authorization", "Bearer " + TOKEN);
                headers.put("x-api-key", KEY);
            }
            addKey(fields);
        }
    }

    /** API Gateway repeats the key in the context. */
    private static void addKey(Map<?, ?> request) {
        if (request.get("requestContext") instanceof Map<?, ?> requestContext
                && requestContext.get("identity") instanceof Map<?, ?> caller
                && caller.get("apiKey") != null) {
            @SuppressWarnings("unchecked") // as Jackson makes it
            Map<String, Object> identity = (Map<String, Object>) caller;
            identity.put("apiKey", KEY);
        }
    }

    private static void seed(Object event, String place, String canary, Seeded seeded) {
        if (event instanceof Map<?, ?> fields) {
            if (fields.containsKey("httpMethod")) {
                seedFields(fields, List.of("body", "headers", "path", "pathParameters"), place, canary, seeded);
            } else if (fields.containsKey("rawPath")) {
                seedFields(fields, List.of("body", "headers", "rawPath", "rawQueryString"), place, canary, seeded);
            } else if (fields.get("Records") instanceof List<?> records) {
                seedRecords(fields, "Records", records, canary, seeded);
            } else if (fields.get("records") instanceof List<?> records) {
                seedRecords(fields, "records", records, canary, seeded);
            } else if ("aws.s3".equals(fields.get("source"))) {
                seedKey(fields, canary, seeded);
            } else {
                seedAll(event, place, canary, seeded);
            }
        }
    }

    /** All fields except the key are S3's own. */
    private static void seedKey(Map<?, ?> event, String canary, Seeded seeded) {
        if (event.get("detail") instanceof Map<?, ?> detail && detail.get("object") instanceof Map<?, ?> object) {
            seedFields(
                    object,
                    List.of("key"),
                    ".detail.object",
                    canary,
                    (place, changed) -> seeded.accept(place, with(event, "detail", with(detail, "object", changed))));
        }
    }

    /** A record's data, which is in base64, or its body. */
    private static void seedRecords(Map<?, ?> event, String name, List<?> records, String canary, Seeded seeded) {
        for (int i = 0; i < records.size(); i++) {
            int index = i;
            Consumer<Object> replace = changed -> {
                List<Object> others = new ArrayList<>(records);
                others.set(index, changed);
                seeded.accept("%s[%d]".formatted(name, index), with(event, name, others));
            };
            Map<?, ?> item = (Map<?, ?>) records.get(i);
            if (item.get("kinesis") instanceof Map<?, ?> kinesis) {
                seedData(kinesis, canary, changed -> replace.accept(with(item, "kinesis", changed)));
            } else if (item.get("dynamodb") instanceof Map<?, ?> change) {
                seedChange(change, canary, changed -> replace.accept(with(item, "dynamodb", changed)));
            } else if (item.containsKey("data")) {
                seedData(item, canary, replace);
            } else {
                seedFields(item, List.of("body"), "", canary, (_, changed) -> replace.accept(changed));
            }
        }
    }

    /** The new item's detail; its other attributes are made by the application. */
    private static void seedChange(Map<?, ?> change, String canary, Consumer<Object> seeded) {
        if (change.get("NewImage") instanceof Map<?, ?> item && item.get("detail") instanceof Map<?, ?> detail) {
            seedFields(
                    detail,
                    List.of("S"),
                    "",
                    canary,
                    (_, changed) -> seeded.accept(with(change, "NewImage", with(item, "detail", changed))));
        }
    }

    private static void seedData(Map<?, ?> holder, String canary, Consumer<Object> seeded) {
        String text =
                new String(Base64.getDecoder().decode(String.valueOf(holder.get("data"))), StandardCharsets.UTF_8);
        seedText(
                text,
                "",
                canary,
                (_, changed) -> seeded.accept(with(
                        holder,
                        "data",
                        Base64.getEncoder()
                                .encodeToString(String.valueOf(changed).getBytes(StandardCharsets.UTF_8)))));
    }

    private static void seedFields(Map<?, ?> fields, List<String> names, String place, String canary, Seeded seeded) {
        for (String name : names) {
            @Nullable Object value = fields.get(name);
            if (value != null) {
                seedAll(
                        value,
                        place + "." + name,
                        canary,
                        (inner, changed) -> seeded.accept(inner, with(fields, name, changed)));
            }
        }
    }

    private static void seedAll(@Nullable Object value, String place, String canary, Seeded seeded) {
        switch (value) {
            case Map<?, ?> fields ->
                fields.keySet()
                        .forEach(name -> seedAll(
                                fields.get(name),
                                place + "." + name,
                                canary,
                                (inner, changed) -> seeded.accept(inner, with(fields, String.valueOf(name), changed))));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    int index = i;
                    seedAll(list.get(i), "%s[%d]".formatted(place, i), canary, (inner, changed) -> {
                        List<Object> others = new ArrayList<>(list);
                        others.set(index, changed);
                        seeded.accept(inner, others);
                    });
                }
            }
            case String text -> seedText(text, place, canary, seeded);
            case null, default -> seeded.accept(place, canary);
        }
    }

    /** The text as a whole, its end, and the places in it if it is JSON. */
    private static void seedText(String text, String place, String canary, Seeded seeded) {
        seeded.accept(place, canary);
        if (canary.equals(CONTROLS)) {
            seeded.accept(place + " (end)", text + canary);
        }
        if (text.startsWith("{")) {
            try {
                seedAll(
                        JSON.std.anyFrom(text),
                        place,
                        canary,
                        (inner, changed) -> seeded.accept(inner, write(changed)));
            } catch (IOException _) {
                return; // poison: only the text as a whole
            }
        }
    }

    private static Map<String, Object> with(Map<?, ?> fields, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>();
        fields.forEach((key, old) -> changed.put(String.valueOf(key), old));
        changed.put(name, value);
        return changed;
    }

    private static String write(Object value) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
