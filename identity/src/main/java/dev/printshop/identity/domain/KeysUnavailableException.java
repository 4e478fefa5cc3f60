package dev.printshop.identity.domain;

import dev.printshop.shared.concurrency.TransientFailureException;

/** No token can be verified, because the user pool's keys have not been fetched yet. */
public final class KeysUnavailableException extends TransientFailureException {

    public KeysUnavailableException() {
        super("The keys of the user pool could not be fetched");
    }
}
