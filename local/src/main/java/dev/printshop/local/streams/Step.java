package dev.printshop.local.streams;

import java.util.List;
import java.util.Optional;

/** The next step for records of a shard. Its {@link Outcome} is passed to {@link ShardProgress}. */
public sealed interface Step {

    /** Which of the shard's sub-sequences the records are of, from 0 up to the parallelization factor. */
    int lane();

    /** The records, in the order of the stream. */
    List<StreamRecord> records();

    /**
     * Invoke the function.
     *
     * @param windowed the fields of the tumbling window, if there is one
     */
    record Invoke(int lane, List<StreamRecord> records, Optional<Windowed> windowed) implements Step {}

    /**
     * Report the records to the failure destination and discard them; without a destination, only discard them.
     *
     * @param reason why
     * @param invocations how often the function was invoked with them, approximately
     */
    record Discard(int lane, List<StreamRecord> records, Reason reason, int invocations) implements Step {}

    /**
     * The fields of an event for a tumbling window.
     *
     * @param state the last state returned by the function for this window, a JSON object
     * @param isFinal whether this is the last invocation of the window; it has no records
     * @param isTerminatedEarly whether the state became too large; the window continues with an empty state
     */
    record Windowed(Window window, String state, boolean isFinal, boolean isTerminatedEarly) {}

    /** Why records are discarded; the names are those of the destination's records. */
    enum Reason {
        /** The retry attempts are exhausted. */
        RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
        /** They exceeded the maximum age. */
        RECORD_AGE_EXCEEDED("RecordAgeExceeded");

        private final String condition;

        Reason(String condition) {
            this.condition = condition;
        }

        /** The value of {@code requestContext.condition}. */
        public String condition() {
            return condition;
        }
    }
}
