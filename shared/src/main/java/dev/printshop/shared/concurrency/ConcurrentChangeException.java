package dev.printshop.shared.concurrency;

/** Somebody else changed the same thing first. Nothing was written; look again and decide anew. */
public final class ConcurrentChangeException extends TransientFailureException {

    public ConcurrentChangeException(String message) {
        super(message);
    }

    public ConcurrentChangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
