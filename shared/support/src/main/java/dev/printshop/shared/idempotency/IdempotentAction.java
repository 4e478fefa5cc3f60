package dev.printshop.shared.idempotency;

import dev.printshop.shared.messages.Quoted;
import dev.printshop.shared.telemetry.LogField;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an action idempotent: it is performed once for each key.
 *
 * <p>The guarantee is at least once. If the action may have taken effect and that is not recorded, it is performed
 * again. This happens when the process ends in between, when the action {@linkplain UnknownOutcomeException gets no
 * answer}, or when the store fails after it. So a repetition of the action must be acceptable.
 */
public final class IdempotentAction {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotentAction.class);

    private final IdempotencyStore store;
    private final InstantSource clock;

    public IdempotentAction(IdempotencyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Performs an action, unless it is already completed.
     *
     * @param longest the longest duration of the action, for example the time that is left of the invocation; after it
     *     the lease ends
     * @return whether this call performed it
     * @throws AlreadyInProgressException when another caller holds the lease
     * @throws UnknownOutcomeException when the action throws it. The action is retried, but not before {@code longest}
     *     has passed: until then it may still take effect
     * @throws RuntimeException what the action throws. It can be retried at once or, if the store failed as well
     *     (suppressed exception), after the lease
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

    /** The action is completed even if the store fails. An exception here would cause a repetition. */
    private void saveSuccess(String key) {
        try {
            store.saveSuccess(key);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The action is completed, but that is not recorded, and it may be repeated",
                    LogField.IDEMPOTENCY_KEY.with(Quoted.name(key)),
                    LogField.error(e));
        }
    }

    /** The action's exception takes precedence: a record that can't be deleted expires. */
    private void release(String key, Instant expiration, RuntimeException failure) {
        try {
            store.deleteRecord(key, expiration);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
