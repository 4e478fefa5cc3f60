package dev.printshop.orders.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the fulfilment of an order is.
 *
 * @param events how many events it has: the sequence number of its newest one
 * @param stockReserved whether the material of its lines is taken from the stock
 * @param chargedAt when the payment provider was last asked to take the payment, which may have taken effect
 * @param payment the captured payment
 * @param shipment the parcel
 * @param failure why it can't be fulfilled, as a constant
 */
public record Progress(
        int events,
        boolean stockReserved,
        Optional<Instant> chargedAt,
        Optional<Payment> payment,
        Optional<Shipment> shipment,
        Optional<String> failure) {

    /** That of a new order, whose first event says that it was placed. */
    static final Progress PLACED =
            new Progress(1, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Progress nextEvent() {
        return new Progress(events + 1, stockReserved, chargedAt, payment, shipment, failure);
    }

    Progress withStock(boolean reserved) {
        return new Progress(events, reserved, chargedAt, payment, shipment, failure);
    }

    Progress withCharge(Instant now) {
        return new Progress(events, stockReserved, Optional.of(now), payment, shipment, failure);
    }

    Progress withPayment(Payment captured) {
        return new Progress(events, stockReserved, chargedAt, Optional.of(captured), shipment, failure);
    }

    Progress withShipment(Shipment dispatched) {
        return new Progress(events, stockReserved, chargedAt, payment, Optional.of(dispatched), failure);
    }

    Progress withFailure(String reason) {
        return new Progress(events, stockReserved, chargedAt, payment, shipment, Optional.of(reason));
    }
}
