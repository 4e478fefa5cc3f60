package dev.printshop.shared.idempotency;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.printshop.shared.messages.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Does things once, whoever asks for them how often.
 *
 * <p>There is one gap that no store can close. When the action may have taken effect, and that is not recorded, it is
 * done again: at least once rather than at most once. The process died in between, or the action
 * {@linkplain UnknownOutcomeException got no answer}, or the store failed after it. So the action must be such that a
 * repetition does little harm.
 */
public final class IdempotentAction {

    private final IdempotencyStore store;
    private final InstantSource clock;

    public IdempotentAction(IdempotencyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Does something, unless it was done before.
     *
     * @param longest how long that takes at most, for example the time that is left of the invocation: who has the key
     *     after that is dead
     * @return whether it was done now
     * @throws AlreadyInProgressException when somebody else is at it
     * @throws UnknownOutcomeException when the action throws it. It is done again, but not before {@code longest} is
     *     over: until then it may still take effect
     * @throws RuntimeException what the action throws; it may then be tried again, at once or, when the store failed,
     *     too (suppressed), after the record expired
     */
    public boolean once(String key, Duration longest, Runnable action) {
        Instant expiration = clock.instant().plus(longest);
        return switch (store.saveInProgress(key, expiration)) {
            case COMPLETED -> false;
            case INPROGRESS -> throw new AlreadyInProgressException(key);
            case ACQUIRED -> {
                try {
                    action.run();
                } catch (UnknownOutcomeException e) {
                    throw e;
                } catch (RuntimeException e) {
                    release(key, expiration, e);
                    throw e;
                }
                saveSuccess(key);
                yield true;
            }
        };
    }

    /** The action is done, whatever the store says. A failure here would have it repeated for certain. */
    private void saveSuccess(String key) {
        try {
            store.saveSuccess(key);
        } catch (RuntimeException e) {
            LambdaRuntime.getLogger()
                    .log(
                            "%s is done, but that is not recorded, and it may be done again: %s"
                                    .formatted(Quoted.name(key), Quoted.line(e.toString())),
                            LogLevel.WARN);
        }
    }

    /** The action's failure is the one that matters: when the record can't be deleted, it expires. */
    private void release(String key, Instant expiration, RuntimeException failure) {
        try {
            store.deleteRecord(key, expiration);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
