package dev.printshop.shared.idempotency;

import dev.printshop.shared.messages.Quoted;

/** The action is in progress elsewhere. Its outcome is not known yet; a later retry finds it. */
public final class AlreadyInProgressException extends RuntimeException {

    public AlreadyInProgressException(String key) {
        super("%s is in progress elsewhere".formatted(Quoted.name(key)));
    }
}
