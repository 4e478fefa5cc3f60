package dev.printshop.shared.telemetry;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import dev.printshop.shared.messages.Quoted;
import dev.printshop.shared.messages.StackTrace;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.argument.StructuredArgument;

/**
 * The fields of log records by which support searches (docs/logging.md). Identifiers are fields and never part of a
 * message, so that one query finds all records of a photo or a parcel, whatever their messages are.
 */
public enum LogField {
    /** The id of the first event of a chain, which the records of all functions have that handle a later one. */
    CORRELATION_ID,
    /** The id that its service gave to the event that is handled. */
    EVENT_ID,
    /** The id of a message of a queue. */
    MESSAGE_ID,
    /** The id of a record of a delivery stream. */
    RECORD_ID,
    /** The sequence number of a record of a stream. */
    SEQUENCE_NUMBER,
    /** A photo, as owner/photo. */
    PHOTO,
    /** The version of a photo. */
    VERSION,
    PARCEL,
    SCAN,
    ORDER,
    /** The code of a hub. */
    HUB,
    IDEMPOTENCY_KEY,
    /** The type of an event, or the key of an alert. */
    TYPE,
    OUTCOME,
    REASON;

    /** Powertools reserves {@code error} for exceptions that it formats itself, with messages that may hold input. */
    private static final String EXCEPTION = "exception";

    /** CloudWatch takes 256 KB in one record. */
    private static final int MAX_STACK_LENGTH = 20_000;

    /** The field's name in a record. */
    public String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The field for one record: an argument of the logger's method, without a place in its message.
     *
     * @throws IllegalStateException for the correlation id, which Powertools takes from the context only
     */
    public StructuredArgument with(Object value) {
        if (this == CORRELATION_ID) {
            throw new IllegalStateException("Set the correlation id with during");
        }
        return entry(fieldName(), value.toString());
    }

    /** Sets the field for all records until it is set again or the invocation ends. */
    public void set(Object value) {
        MDC.put(fieldName(), value.toString());
    }

    /** Sets the field, as {@link #set}, or removes it. */
    void setOrRemove(Optional<String> value) {
        value.ifPresentOrElse(this::set, () -> MDC.remove(fieldName()));
    }

    /** What the field was set to for all records. */
    Optional<String> current() {
        return Optional.ofNullable(MDC.get(fieldName()));
    }

    /** Sets the field for all records until the result is closed, which restores what was set before. */
    public Scope during(Object value) {
        Optional<String> before = current();
        set(value);
        return () -> setOrRemove(before);
    }

    /** The time during which a field is set. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    /** An exception whose name and message suffice, as a field. */
    public static StructuredArgument error(Throwable failure) {
        return entry(EXCEPTION, describe(failure));
    }

    /** An unexpected exception, as a field: name, message and stack trace. */
    public static StructuredArgument errorWithStack(Throwable failure) {
        Map<String, String> error = describe(failure);
        String stack = StackTrace.of(failure);
        error.put("stack", stack.substring(0, Math.min(stack.length(), MAX_STACK_LENGTH)));
        return entry(EXCEPTION, error);
    }

    /** An exception whose message may hold input, as a field: its name, and where it was thrown. */
    public static StructuredArgument errorWithoutMessage(Throwable failure, String stack) {
        return entry(EXCEPTION, Map.of("name", failure.getClass().getName(), "stack", stack));
    }

    private static Map<String, String> describe(Throwable failure) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("name", failure.getClass().getName());
        error.put("message", Quoted.line(failure.getMessage()));
        return error;
    }
}
