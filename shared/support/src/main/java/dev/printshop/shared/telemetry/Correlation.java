package dev.printshop.shared.telemetry;

import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The correlation id: the id of the first event of a chain, which all later ones have as {@code detail.correlationId}.
 * One query finds the records of all functions that handled a photo or a scan.
 */
public final class Correlation {

    private static final String NAME = "correlationId";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private Correlation() {}

    /**
     * Sets the fields of the event that is handled from here on. The correlation id is that of the event's detail, or
     * its own id if it is the first of its chain. Ids of any other form are ignored: they are no reason to reject an
     * event.
     *
     * @param envelope the event in EventBridge's envelope
     */
    public static void begin(JsonObject envelope) {
        Optional<String> id = id(envelope, "id");
        LogField.EVENT_ID.setOrRemove(id);
        LogField.CORRELATION_ID.setOrRemove(ofDetail(envelope).or(() -> id));
    }

    /** The correlation id of the event that is handled. */
    public static Optional<String> current() {
        return LogField.CORRELATION_ID.current();
    }

    /** Adds a correlation id to the detail of an event that is published. */
    public static void addTo(Map<String, Object> detail, Optional<String> id) {
        id.ifPresent(text -> detail.put(NAME, text));
    }

    /** Sets another correlation id until the result is closed; none changes nothing. */
    public static LogField.Scope during(Optional<String> id) {
        return id.map(LogField.CORRELATION_ID::during).orElse(() -> {});
    }

    /** The correlation id of an event's detail. */
    public static Optional<String> of(JsonObject detail) {
        return id(detail, NAME);
    }

    private static Optional<String> ofDetail(JsonObject envelope) {
        try {
            return of(envelope.object("detail"));
        } catch (InvalidJsonException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> id(JsonObject json, String name) {
        try {
            return json.optionalText(name, FORM);
        } catch (InvalidJsonException _) {
            return Optional.empty();
        }
    }
}
