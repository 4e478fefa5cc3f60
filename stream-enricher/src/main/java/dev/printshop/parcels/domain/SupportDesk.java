package dev.printshop.parcels.domain;

import dev.printshop.shared.idempotency.UnknownOutcomeException;

/** Where support hears of parcels. */
@FunctionalInterface
public interface SupportDesk {

    /**
     * Sends an alert, which arrives at least once.
     *
     * @throws UnknownOutcomeException when it may have been taken: another try may send it twice
     * @throws RuntimeException when it was not taken; worth another try
     */
    void send(SupportAlert alert);
}
