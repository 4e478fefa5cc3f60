package dev.printshop.identity.domain;

/** A token doesn't prove who calls. It is expected, so it has no stack trace. */
public final class RejectedTokenException extends RuntimeException {

    private final Rejection rejection;

    public RejectedTokenException(Rejection rejection) {
        super(rejection.name(), null, false, false);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
