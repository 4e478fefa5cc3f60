package dev.printshop.events.parcels;

import java.time.Instant;
import java.util.Optional;

/**
 * A parcel was delivered.
 *
 * @param parcel the parcel
 * @param orderId the order it belongs to, if any
 * @param deliveredAt when
 * @param promisedAt when it was to be delivered
 */
public record ParcelDelivered(ParcelId parcel, Optional<String> orderId, Instant deliveredAt, Instant promisedAt)
        implements ParcelEvent {

    @Override
    public String key() {
        return "DELIVERED";
    }
}
