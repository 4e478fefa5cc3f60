package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Sample events and regression cases, deserialised as by the runtime. */
final class SampleEvents {

    private SampleEvents() {}

    /** An event as the runtime passes it, from the repository's {@code events} folder. */
    static <T> T event(String name, Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, SampleEvents.class.getClassLoader())
                .fromJson(read(name));
    }

    /** A request as API Gateway passes it. */
    static APIGatewayProxyRequestEvent request(String name) {
        return event(name, APIGatewayProxyRequestEvent.class);
    }

    /** An event as the runtime passes it, from the test resources' folder {@code cases}. */
    static <T> T caseOf(String name, Class<T> type) {
        try (InputStream file = Objects.requireNonNull(SampleEvents.class.getResourceAsStream("/cases/" + name))) {
            return LambdaEventSerializers.serializerFor(type, SampleEvents.class.getClassLoader())
                    .fromJson(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A case that the runtime passes as a map. */
    @SuppressWarnings("unchecked") // a JSON object has text keys
    static Map<String, Object> caseOf(String name) {
        try (InputStream file = Objects.requireNonNull(SampleEvents.class.getResourceAsStream("/cases/" + name))) {
            return (Map<String, Object>)
                    JacksonFactory.getInstance().getSerializer(Map.class).fromJson(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event of a scenario, which is a case with preconditions. */
    static <T> T eventOf(Map<String, Object> scenario, Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, SampleEvents.class.getClassLoader())
                .fromJson(JsonObject.write(part(scenario, "event")));
    }

    /** A part of a scenario. */
    @SuppressWarnings("unchecked") // a JSON object has text keys
    static Map<String, Object> part(Map<String, Object> scenario, String field) {
        return (Map<String, Object>) Objects.requireNonNull(scenario.get(field));
    }

    /** An event that the runtime passes as a map. */
    @SuppressWarnings("unchecked") // a JSON object has text keys
    static Map<String, Object> event(String name) {
        return (Map<String, Object>)
                JacksonFactory.getInstance().getSerializer(Map.class).fromJson(read(name));
    }

    /** The first event of a handler's priming sample, as the runtime passes it. */
    @SuppressWarnings("unchecked") // a JSON object has text keys
    static <T> T primingEvent(Class<?> handler, Class<T> type) {
        String resource = "priming/%s.json".formatted(handler.getSimpleName());
        try (InputStream file = Objects.requireNonNull(handler.getResourceAsStream(resource))) {
            JsonObject sample = JsonObject.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, Object> event =
                    (Map<String, Object>) sample.values("events").getFirst();
            return LambdaEventSerializers.serializerFor(type, SampleEvents.class.getClassLoader())
                    .fromJson(JsonObject.write(event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String name) {
        try {
            return Files.readString(Path.of("..", "events", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
