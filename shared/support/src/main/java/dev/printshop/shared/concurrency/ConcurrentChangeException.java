package dev.printshop.shared.concurrency;

/** A concurrent writer changed the same data first. Nothing was written; the change is retried with a new read. */
public final class ConcurrentChangeException extends TransientFailureException {

    public ConcurrentChangeException(String message) {
        super(message);
    }

    public ConcurrentChangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
