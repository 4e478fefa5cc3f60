package dev.printshop.shared.concurrency;

/** The invocation ends before another attempt could. The event source's retry has the time again. */
public final class NoTimeLeftException extends TransientFailureException {

    public NoTimeLeftException(String message) {
        super(message);
    }
}
