package dev.printshop.shared.idempotency;

/** The action got no answer: it may have taken effect, may take effect later, or may have failed. */
public final class UnknownOutcomeException extends RuntimeException {

    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }
}
