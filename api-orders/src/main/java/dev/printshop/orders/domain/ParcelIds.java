package dev.printshop.orders.domain;

import dev.printshop.events.parcels.ParcelId;

/** Makes the ids of parcels. */
@FunctionalInterface
public interface ParcelIds {

    /** An id that no other parcel has, and that can't be guessed. */
    ParcelId next();
}
