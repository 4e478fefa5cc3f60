package dev.printshop.shared.concurrency;

import java.util.function.Supplier;

/**
 * Optimistic locking: retries a change that reads, decides, and writes on condition that the data is unchanged since
 * the read, until it succeeds without a conflict.
 */
public final class OptimisticAttempts {

    /** With {@link JitteredBackoff} all attempts together take 1 second on average and 2.3 at most. */
    public static final int MAX_ATTEMPTS = 8;

    private final Backoff backoff;

    public OptimisticAttempts(Backoff backoff) {
        this.backoff = backoff;
    }

    /**
     * Runs the change until it succeeds.
     *
     * @param change begins with a new read; throws a {@link ConcurrentChangeException} on a conflict
     * @throws ConcurrentChangeException after {@value #MAX_ATTEMPTS} conflicts, or when the invocation has no time for
     *     another attempt; a later retry may succeed
     */
    public <T> T run(Supplier<T> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                return change.get();
            } catch (ConcurrentChangeException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    private void pause(int failedAttempts, ConcurrentChangeException othersWereQuicker) {
        try {
            backoff.pause(failedAttempts);
        } catch (NoTimeLeftException e) {
            othersWereQuicker.addSuppressed(e);
            throw othersWereQuicker;
        }
    }
}
