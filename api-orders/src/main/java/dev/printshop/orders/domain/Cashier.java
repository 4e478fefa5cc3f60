package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.PaymentOutcome.Captured;
import dev.printshop.orders.domain.PaymentOutcome.Declined;
import dev.printshop.orders.domain.PaymentOutcome.NotFound;
import dev.printshop.orders.domain.PaymentOutcome.Refunded;
import dev.printshop.orders.domain.PaymentOutcome.Unknown;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Takes the payments of orders and refunds them, each once, however often it is called.
 *
 * <p>Before the provider is asked for a payment, the order is stored as PAYMENT_UNKNOWN. So an order that isn't in this
 * status was never charged, or its payment is recorded; and for one that is, the provider is asked by the charge's key.
 */
public final class Cashier {

    private final Orders orders;
    private final PaymentProvider provider;
    private final OptimisticAttempts attempts;
    private final InstantSource clock;
    private final Duration settling;

    /**
     * Uses a provider.
     *
     * @param settling how long after a call a charge may still take effect at the provider. Until then, a charge that
     *     the provider doesn't know is not taken for one that never was
     */
    public Cashier(
            Orders orders,
            PaymentProvider provider,
            OptimisticAttempts attempts,
            InstantSource clock,
            Duration settling) {
        this.orders = orders;
        this.provider = provider;
        this.attempts = attempts;
        this.clock = clock;
        this.settling = settling;
    }

    /**
     * Takes the payment of an order whose material is reserved. A later one has it, or is over.
     *
     * @throws PaymentDeclinedException when the provider refuses for good
     * @throws TransientFailureException when the outcome is unknown; a repetition has the same key and finds it out
     */
    public void charge(OrderId id) {
        Order order = attempts.run(() -> {
            Order found = orders.existing(id);
            if (isToBePaid(found)) {
                orders.store(found.charge(clock.instant()));
            }
            return found;
        });
        if (!isToBePaid(order)) {
            return;
        }
        PaymentToken token = orders.paymentToken(id)
                .orElseThrow(() -> new IllegalStateException("Order %s has no payment token any more".formatted(id)));
        switch (provider.charge(PaymentKey.ofCharge(id), order.totals().total(), token)) {
            case Captured captured -> record(id, captured);
            case Declined declined -> throw new PaymentDeclinedException(id, declined.reason());
            case Unknown unknown -> throw unknown("charge", unknown);
        }
    }

    private static boolean isToBePaid(Order order) {
        return order.status() == OrderStatus.RESERVED || order.status() == OrderStatus.PAYMENT_UNKNOWN;
    }

    private void record(OrderId id, Captured captured) {
        Payment payment = new Payment(captured.paymentId().value(), captured.amount(), captured.fee(), false);
        attempts.run(() -> {
            Order order = orders.existing(id);
            if (order.progress().payment().isEmpty()) {
                orders.store(order.pay(payment, clock.instant()));
            }
            return order;
        });
    }

    /**
     * Refunds an order, if its payment is captured, also when only the provider knows that.
     *
     * @throws TransientFailureException when that is unknown so far
     * @throws IllegalStateException when its parcel is dispatched: then a person decides
     */
    public void refund(OrderId id) {
        Order order = orders.existing(id);
        if (order.progress().shipment().isPresent()) {
            throw new IllegalStateException("Order %s is dispatched".formatted(id));
        }
        if (order.status() == OrderStatus.PAYMENT_UNKNOWN) {
            switch (provider.find(PaymentKey.ofCharge(id))) {
                case Captured captured -> record(id, captured);
                case Declined _ -> {
                    return;
                }
                case NotFound _ -> {
                    requireSettled(order);
                    return;
                }
                case Refunded _ -> throw new IllegalStateException("The provider has a refund as the charge of " + id);
                case Unknown unknown -> throw unknown("charge", unknown);
            }
            order = orders.existing(id);
        }
        if (order.progress().payment().isPresent()) {
            refund(id, order.progress().payment().get());
        }
    }

    private void requireSettled(Order order) {
        Instant charged = order.progress().chargedAt().orElse(order.placedAt());
        if (clock.instant().isBefore(charged.plus(settling))) {
            throw new TransientFailureException(
                    "The charge of %s isn't known, but may still arrive".formatted(order.id()));
        }
    }

    private void refund(OrderId id, Payment payment) {
        if (payment.refunded()) {
            return;
        }
        switch (provider.refund(PaymentKey.ofRefund(id), new PaymentId(payment.id()), payment.amount())) {
            case Refunded _ ->
                attempts.run(() -> {
                    Order order = orders.existing(id);
                    if (order.progress().payment().filter(Payment::refunded).isEmpty()) {
                        orders.store(order.refund(payment.refund(), clock.instant()));
                    }
                    return order;
                });
            case Declined declined ->
                throw new IllegalStateException(
                        "The provider refuses the refund of order %s: %s".formatted(id, declined.reason()));
            case Unknown unknown -> throw unknown("refund", unknown);
        }
    }

    private static TransientFailureException unknown(String what, Unknown unknown) {
        return new TransientFailureException("The outcome of the %s is unknown: %s".formatted(what, unknown.reason()));
    }
}
