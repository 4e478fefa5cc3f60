package dev.printshop.shared.concurrency;

/** The invocation has no time left for another attempt. A retry by the event source has new time. */
public final class NoTimeLeftException extends TransientFailureException {

    public NoTimeLeftException(String message) {
        super(message);
    }
}
