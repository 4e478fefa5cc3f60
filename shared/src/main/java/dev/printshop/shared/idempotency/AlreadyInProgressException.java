package dev.printshop.shared.idempotency;

/** Somebody else is doing the same; worth another try later, for nobody knows how that ends. */
public final class AlreadyInProgressException extends RuntimeException {

    public AlreadyInProgressException(String key) {
        super("'%s' is being done by somebody else".formatted(key));
    }
}
