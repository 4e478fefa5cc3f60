package dev.printshop.shared.concurrency;

import org.jspecify.annotations.Nullable;

/** A failure after which a later retry succeeds without any change of the data or the code. */
public class TransientFailureException extends RuntimeException {

    public TransientFailureException(String message) {
        super(message);
    }

    public TransientFailureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
