package dev.printshop.orders.domain;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.shared.concurrency.TransientFailureException;

/** Announces parcels to the system that tracks them. */
@FunctionalInterface
public interface DispatchAnnouncer {

    /**
     * Announces a parcel, at least once.
     *
     * @throws TransientFailureException when it may not be announced, and a later retry may succeed
     */
    void announce(ParcelDispatched dispatched);
}
