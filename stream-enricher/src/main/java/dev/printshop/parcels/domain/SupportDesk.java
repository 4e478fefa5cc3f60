package dev.printshop.parcels.domain;

/** Where support hears of parcels. */
@FunctionalInterface
public interface SupportDesk {

    /**
     * Sends an alert, which arrives at least once.
     *
     * @throws RuntimeException when it was not taken; worth another try
     */
    void send(SupportAlert alert);
}
