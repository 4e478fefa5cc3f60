package dev.printshop.orders.domain;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderCompleted;
import dev.printshop.events.orders.OrderDispatched;
import dev.printshop.events.orders.OrderFailed;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.orders.OrderPaid;
import dev.printshop.events.orders.OrderRefunded;
import dev.printshop.orders.domain.OrderChange.StockMovement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An order.
 *
 * @param id its id
 * @param customer who placed it
 * @param status its status
 * @param lines its parts
 * @param totals what it costs
 * @param address where it is delivered
 * @param placedAt when it was placed, to the millisecond
 * @param progress how far its fulfilment is
 * @param version increases with each change, for optimistic locking; from 1
 */
public record Order(
        OrderId id,
        CustomerId customer,
        OrderStatus status,
        List<OrderLine> lines,
        Totals totals,
        ShippingAddress address,
        Instant placedAt,
        Progress progress,
        long version) {

    public Order {
        lines = List.copyOf(lines);
    }

    /** A new order. */
    static Order placed(
            OrderId id,
            CustomerId customer,
            List<OrderLine> lines,
            Totals totals,
            ShippingAddress address,
            Instant placedAt) {
        return new Order(id, customer, OrderStatus.PLACED, lines, totals, address, placedAt, Progress.PLACED, 1);
    }

    /** The change that takes its material from the stock. */
    OrderChange reserve() {
        return OrderChange.silent(
                become(OrderStatus.RESERVED).withProgress(progress.withStock(true)), StockMovement.TAKE);
    }

    /**
     * The change that records that the payment provider is about to be asked for its payment. From then on it isn't
     * known whether the payment is taken, even if the function ends before the answer.
     */
    OrderChange charge(Instant now) {
        Order charged = status == OrderStatus.PAYMENT_UNKNOWN ? next(status) : become(OrderStatus.PAYMENT_UNKNOWN);
        return OrderChange.silent(
                charged.withProgress(progress.withCharge(now.truncatedTo(ChronoUnit.MILLIS))), StockMovement.NONE);
    }

    /** The change that records its captured payment. */
    OrderChange pay(Payment payment, Instant now) {
        return OrderChange.announced(
                become(OrderStatus.PAID).withProgress(progress.withPayment(payment)),
                now,
                summary -> new OrderPaid(summary, OrderChange.moved(payment)));
    }

    /** The change that records its parcel. */
    OrderChange dispatch(Shipment shipment, Instant now) {
        return OrderChange.announced(
                become(OrderStatus.DISPATCHED).withProgress(progress.withShipment(shipment)),
                now,
                summary -> new OrderDispatched(summary, shipment.parcel().value()));
    }

    /** The change that ends it well. */
    OrderChange complete(Instant now) {
        return OrderChange.announced(become(OrderStatus.COMPLETED), now, OrderCompleted::new);
    }

    /** The change that records that its payment is refunded; its status stays. */
    OrderChange refund(Payment refunded, Instant now) {
        return OrderChange.announced(
                next(status).withProgress(progress.withPayment(refunded)),
                now,
                summary -> new OrderRefunded(summary, OrderChange.moved(refunded)));
    }

    /** The change that puts its material back into the stock; its status stays. */
    OrderChange release() {
        return OrderChange.silent(next(status).withProgress(progress.withStock(false)), StockMovement.PUT_BACK);
    }

    /**
     * The change that ends it without a parcel.
     *
     * @param reason why, as a constant
     */
    OrderChange fail(String reason, Instant now) {
        return OrderChange.announced(
                become(OrderStatus.FAILED).withProgress(progress.withFailure(reason)),
                now,
                summary -> new OrderFailed(summary, reason));
    }

    /**
     * The change that records that its compensation failed; it isn't announced, as the order's end isn't known yet.
     *
     * @param reason why the order can't be fulfilled, as a constant
     */
    OrderChange park(String reason) {
        return OrderChange.silent(
                become(OrderStatus.PARKED).withProgress(progress.withFailure(reason)), StockMovement.NONE);
    }

    Order withProgress(Progress made) {
        return new Order(id, customer, status, lines, totals, address, placedAt, made, version);
    }

    /**
     * The order with its next status.
     *
     * @throws IllegalStateException when the status may not follow the current one
     */
    Order become(OrderStatus next) {
        if (!status.canBecome(next)) {
            throw new IllegalStateException("Order %s is %s and can't become %s".formatted(id, status, next));
        }
        return next(next);
    }

    private Order next(OrderStatus next) {
        return new Order(id, customer, next, lines, totals, address, placedAt, progress, version + 1);
    }

    /** Whether a customer may see it. */
    public boolean belongsTo(CustomerId other) {
        return customer.equals(other);
    }
}
