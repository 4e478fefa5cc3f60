package dev.printshop.orders.domain;

import dev.printshop.shared.concurrency.TransientFailureException;
import org.jspecify.annotations.Nullable;

/**
 * The provider did nothing: it wasn't called, couldn't be reached, or refused before it did anything. The call is to be
 * repeated later, with the same key. The outcome of an earlier call with this key doesn't change.
 */
public final class PaymentProviderUnavailableException extends TransientFailureException {

    public PaymentProviderUnavailableException(String message) {
        super(message);
    }

    public PaymentProviderUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
