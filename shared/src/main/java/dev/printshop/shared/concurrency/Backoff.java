package dev.printshop.shared.concurrency;

/** Waits between two attempts at what others are attempting, too. */
@FunctionalInterface
public interface Backoff {

    /**
     * Waits.
     *
     * @param failedAttempts how many attempts failed so far, from 1
     * @throws NoTimeLeftException when the {@linkplain InvocationTime invocation} would end before another attempt does
     */
    void pause(int failedAttempts);
}
