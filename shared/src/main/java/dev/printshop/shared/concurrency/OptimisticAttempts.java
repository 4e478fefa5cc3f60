package dev.printshop.shared.concurrency;

import java.util.function.Supplier;

/**
 * Repeats a change that reads, decides, and writes on condition that what it read is still so, until nobody else was
 * quicker.
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
     * @param change begins with reading anew; throws a {@link ConcurrentChangeException} when somebody else was quicker
     * @throws ConcurrentChangeException when others were quicker {@value #MAX_ATTEMPTS} times, or for as long as the
     *     invocation had time; worth another try later
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
