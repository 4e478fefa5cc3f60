package dev.printshop.parcels.domain;

import dev.printshop.shared.idempotency.UnknownOutcomeException;

/** The channel for alerts to support. */
@FunctionalInterface
public interface SupportDesk {

    /**
     * Sends an alert, at least once.
     *
     * @throws UnknownOutcomeException when it may have been accepted: a retry may send it twice
     * @throws RuntimeException when it was not accepted; a retry may succeed
     */
    void send(SupportAlert alert);
}
