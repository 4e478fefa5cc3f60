package dev.printshop.shared.concurrency;

/** The wait between two attempts of an operation that others attempt at the same time. */
@FunctionalInterface
public interface Backoff {

    /**
     * Waits.
     *
     * @param failedAttempts how many attempts failed so far, from 1
     * @throws NoTimeLeftException when the {@linkplain InvocationTime invocation} would end before the next attempt
     *     completes
     */
    void pause(int failedAttempts);
}
