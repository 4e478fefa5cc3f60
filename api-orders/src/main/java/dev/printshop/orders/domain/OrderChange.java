package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderPayment;
import dev.printshop.events.orders.OrderSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * A change of an order, which is stored with its event and its effect on the stock, all or nothing.
 *
 * @param order the order after the change; it was read with the version before
 * @param event what is announced
 * @param stock what happens to the material of the order's lines
 */
public record OrderChange(Order order, Optional<OrderEvent> event, StockMovement stock) {

    /** What a change does to the stock. */
    public enum StockMovement {
        NONE,
        /** The quantities of the lines are taken, if there is enough of all. */
        TAKE,
        /** The quantities of the lines are put back. */
        PUT_BACK
    }

    /** A change that isn't announced. */
    static OrderChange silent(Order order, StockMovement stock) {
        return new OrderChange(order, Optional.empty(), stock);
    }

    /** A change that is announced with the next sequence number. */
    static OrderChange announced(Order order, Instant now, Function<OrderSummary, OrderEvent> event) {
        Order counted = order.withProgress(order.progress().nextEvent());
        return new OrderChange(counted, Optional.of(event.apply(summary(counted, now))), StockMovement.NONE);
    }

    /** What the newest event of an order says about it. */
    static OrderSummary summary(Order order, Instant now) {
        Money total = order.totals().total();
        return new OrderSummary(
                order.id(),
                order.progress().events(),
                now.truncatedTo(ChronoUnit.MILLIS),
                order.customer(),
                order.status().name(),
                total.currency().getCurrencyCode(),
                total.minor(),
                order.lines().stream()
                        .map(line -> new OrderSummary.Line(
                                line.print().productId(),
                                line.quantity(),
                                line.amount().minor()))
                        .toList());
    }

    static OrderPayment moved(Payment payment) {
        return new OrderPayment(
                payment.id(), payment.amount().minor(), payment.fee().minor());
    }
}
