package dev.printshop.shared.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Does things once, whoever asks for them how often.
 *
 * <p>There is one gap that no store can close. Who dies after the action and before taking down that it was done leaves
 * it to be done again. So the action must be such that this does little harm.
 */
public final class IdempotentAction {

    private final IdempotencyStore store;
    private final Duration longest;
    private final InstantSource clock;

    /**
     * Uses a store.
     *
     * @param longest how long the action takes at most, for example as long as the function may run
     */
    public IdempotentAction(IdempotencyStore store, Duration longest, InstantSource clock) {
        this.store = store;
        this.longest = longest;
        this.clock = clock;
    }

    /**
     * Does something, unless it was done before.
     *
     * @return whether it was done now
     * @throws AlreadyInProgressException when somebody else is at it
     * @throws RuntimeException what the action throws; it may then be tried again, at once or, when the store failed,
     *     too (suppressed), after the record expired
     */
    public boolean once(String key, Runnable action) {
        Instant expiration = clock.instant().plus(longest);
        return switch (store.saveInProgress(key, expiration)) {
            case COMPLETED -> false;
            case INPROGRESS -> throw new AlreadyInProgressException(key);
            case ACQUIRED -> {
                try {
                    action.run();
                } catch (RuntimeException failure) {
                    release(key, expiration, failure);
                    throw failure;
                }
                store.saveSuccess(key);
                yield true;
            }
        };
    }

    /** The action's failure is the one that matters: when the record can't be deleted, it expires. */
    private void release(String key, Instant expiration, RuntimeException failure) {
        try {
            store.deleteRecord(key, expiration);
        } catch (RuntimeException notDeleted) {
            failure.addSuppressed(notDeleted);
        }
    }
}
