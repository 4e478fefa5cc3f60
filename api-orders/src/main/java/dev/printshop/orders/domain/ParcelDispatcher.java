package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Dispatches the parcels of orders. The plan is stored before it is announced, so that each repetition announces the
 * same parcel and route: the tracking system keeps the first plan of a parcel, and an order has one parcel.
 */
public final class ParcelDispatcher {

    /** What prints tolerate: temperature in °C, shock in g, relative humidity in percent. */
    static final ConditionLimits LIMITS_OF_PRINTS = new ConditionLimits(0, 40, 8, 80);

    private final Orders orders;
    private final ParcelIds ids;
    private final DispatchAnnouncer announcer;
    private final OptimisticAttempts attempts;
    private final InstantSource clock;

    public ParcelDispatcher(
            Orders orders,
            ParcelIds ids,
            DispatchAnnouncer announcer,
            OptimisticAttempts attempts,
            InstantSource clock) {
        this.orders = orders;
        this.ids = ids;
        this.announcer = announcer;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Dispatches a paid order, and announces its parcel. If it has a parcel already, that is announced again.
     *
     * @return the parcel
     * @throws IllegalStateException when the order has another status, in which it can't be dispatched
     * @throws TransientFailureException when the parcel may not be announced, and a retry may succeed
     */
    public Shipment dispatch(OrderId id) {
        Shipment shipment = attempts.run(() -> {
            Order order = orders.existing(id);
            return order.progress().shipment().orElseGet(() -> store(order));
        });
        announcer.announce(new ParcelDispatched(
                shipment.parcel(), Optional.of(id.value()), shipment.route(), shipment.promisedAt(), LIMITS_OF_PRINTS));
        return shipment;
    }

    private Shipment store(Order order) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Shipment shipment = Routes.to(order.address().country()).ship(ids.next(), now);
        orders.store(order.dispatch(shipment, now));
        return shipment;
    }
}
