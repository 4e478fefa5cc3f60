package dev.printshop.local.streams;

import java.util.List;
import java.util.Optional;

/** What is to be done next with records of a shard. Its {@link Outcome} is handed back to {@link ShardProgress}. */
public sealed interface Step {

    /** Which of the shard's sub-sequences the records are of, from 0 up to the parallelization factor. */
    int lane();

    /** The records, in the order of the stream. */
    List<StreamRecord> records();

    /**
     * Invoke the function.
     *
     * @param windowed what the event says of the tumbling window, if there is one
     */
    record Invoke(int lane, List<StreamRecord> records, Optional<Windowed> windowed) implements Step {}

    /**
     * Tell the failure destination of the records, which are given up then; without a destination, just give them up.
     *
     * @param reason why
     * @param invocations how often the function was invoked with them, approximately
     */
    record Discard(int lane, List<StreamRecord> records, Reason reason, int invocations) implements Step {}

    /**
     * The part of an event that a tumbling window adds.
     *
     * @param state what the function returned last for this window, a JSON object
     * @param isFinal whether this is the last invocation of the window; it has no records
     * @param isTerminatedEarly whether the state became too large; the window goes on with an empty state
     */
    record Windowed(Window window, String state, boolean isFinal, boolean isTerminatedEarly) {}

    /** Why records are given up; the names are those of the destination's records. */
    enum Reason {
        /** The function failed as often as it is allowed to. */
        RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
        /** They became older than they may. */
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
