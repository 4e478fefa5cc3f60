package dev.printshop.local.streams;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome of a {@link Step}. */
public sealed interface Outcome {

    /**
     * All records are processed or reported to the destination.
     *
     * @param state what the function returned for its tumbling window, a JSON object
     */
    record Succeeded(Optional<String> state) implements Outcome {}

    /**
     * The records before the first failed one are processed.
     *
     * @param firstFailed the place of the first failed record in the step's records, more than 0
     * @param state as for {@link Succeeded}
     */
    record PartlyFailed(int firstFailed, Optional<String> state) implements Outcome {}

    /**
     * The function failed, or its answer is invalid.
     *
     * @param cause for the log
     */
    record Failed(String cause) implements Outcome {}

    /**
     * The function wasn't invoked, or the destination not reached, because of a throttle or a network failure. Such
     * attempts don't count.
     *
     * @param cause for the log
     */
    record NotDone(String cause) implements Outcome {}

    /** Success without a state. */
    Outcome SUCCEEDED = new Succeeded(Optional.empty());

    /**
     * The outcome of a function's answer.
     *
     * <p>An empty answer, or one with an empty list of failures, is a success. With a missing, empty or unknown
     * identifier, the whole batch has failed; of several identifiers, the lowest sequence number counts. Only with a
     * tumbling window an answer must have a state. If the first record has failed, no record is processed: this is
     * treated like any other failure, so that bisecting isolates the record; the guide doesn't specify this explicitly.
     *
     * @param payload what the function returned
     */
    static Outcome ofAnswer(String payload, Step.Invoke step, BatchSettings settings) {
        Object answer;
        try {
            answer = payload.isBlank() ? null : JSON.std.anyFrom(payload);
        } catch (IOException _) {
            return new Failed("the answer is not JSON");
        }
        Optional<String> state = Optional.empty();
        if (step.windowed().isPresent()) {
            if (!(answer instanceof Map<?, ?> fields) || !(fields.get("state") instanceof Map<?, ?> object)) {
                return new Failed("the answer has no object 'state', which a tumbling window needs");
            }
            state = Optional.of(write(object));
        }
        if (!settings.reportsBatchItemFailures() || answer == null) {
            return new Succeeded(state);
        }
        if (!(answer instanceof Map<?, ?> fields)) {
            return new Failed("the answer is not a JSON object");
        }
        return ofItemFailures(fields.get("batchItemFailures"), step.records(), state);
    }

    private static Outcome ofItemFailures(
            @Nullable Object failures, List<StreamRecord> records, Optional<String> state) {
        if (failures == null) {
            return new Succeeded(state);
        }
        if (!(failures instanceof List<?> list)) {
            return new Failed("batchItemFailures is not a list");
        }
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < records.size(); place++) {
            places.put(records.get(place).sequenceNumber(), place);
        }
        int first = records.size();
        for (Object failure : list) {
            Object identifier = failure instanceof Map<?, ?> item ? item.get("itemIdentifier") : null;
            Integer place = identifier instanceof String number ? places.get(number) : null;
            if (place == null) {
                return new Failed("the itemIdentifier '%s' is none of the batch".formatted(identifier));
            }
            first = Math.min(first, place);
        }
        if (first == records.size()) {
            return new Succeeded(state);
        }
        return first == 0 ? new Failed("the first record was reported as failed") : new PartlyFailed(first, state);
    }

    private static String write(Map<?, ?> object) {
        try {
            return JSON.std.asString(object);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
