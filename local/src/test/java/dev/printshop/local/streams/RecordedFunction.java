package dev.printshop.local.streams;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A function that records its events, and answers as the test specifies. */
final class RecordedFunction implements FunctionInvoker {

    /** An event and its content. */
    record Event(String json) {

        Map<String, Object> fields() {
            try {
                return JSON.std.mapFrom(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Map<?, ?>> records() {
            List<Map<?, ?>> records = new ArrayList<>();
            if (fields().get("Records") instanceof List<?> list) {
                list.forEach(element -> records.add((Map<?, ?>) element));
            }
            return records;
        }

        /** The texts in the data of Kinesis records. */
        List<String> texts() {
            return records().stream()
                    .map(Event::kinesis)
                    .map(kinesis -> Base64.getDecoder().decode(String.valueOf(kinesis.get("data"))))
                    .map(data -> new String(data, StandardCharsets.UTF_8))
                    .toList();
        }

        String sequenceNumberOf(String text) {
            return String.valueOf(kinesis(records().get(texts().indexOf(text))).get("sequenceNumber"));
        }

        private static Map<?, ?> kinesis(Map<?, ?> element) {
            return element.get("kinesis") instanceof Map<?, ?> fields ? fields : Map.of();
        }
    }

    /** The behaviour of the function: the answer, or an exception for an error. */
    private final Function<Event, String> behaviour;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> processed = new CopyOnWriteArrayList<>();

    RecordedFunction(Function<Event, String> behaviour) {
        this.behaviour = behaviour;
    }

    /** A function that never fails. */
    static RecordedFunction willing() {
        return new RecordedFunction(_ -> "");
    }

    @Override
    public Invocation invoke(String json) {
        Event event = new Event(json);
        events.add(event);
        String requestId = UUID.randomUUID().toString();
        try {
            String answer = behaviour.apply(event);
            if (event.json().contains("\"kinesis\"")) {
                processed.addAll(event.texts());
            }
            return new Invoked(requestId, "7", null, answer);
        } catch (IllegalStateException _) {
            return new Invoked(requestId, "7", "Unhandled", "{\"errorType\":\"Oops\"}");
        }
    }

    List<Event> events() {
        return events;
    }

    /** The texts of invocations without an error, in their order. */
    List<String> processed() {
        return processed;
    }
}
