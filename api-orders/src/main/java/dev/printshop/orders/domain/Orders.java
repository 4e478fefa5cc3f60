package dev.printshop.orders.domain;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.Optional;

/** The store of orders, and of the claims of the clients' keys. */
public interface Orders {

    /** A claim, by a consistent read; it may have expired. */
    Optional<Claim> findClaim(ClaimId id);

    /**
     * Stores order, payment token, event and claim in one transaction.
     *
     * @throws ConcurrentChangeException when nothing was stored, because there is a claim of the same id that hasn't
     *     expired when the order was placed, or because of a concurrent transaction with the same key
     */
    void place(NewOrder order);

    /** An order, by a consistent read. */
    Optional<Order> find(OrderId id);

    /** What an order is paid with, by a consistent read; it is kept for 30 days. */
    Optional<PaymentToken> paymentToken(OrderId id);

    /**
     * An order of which the id came from an order.
     *
     * @throws IllegalStateException when it doesn't exist
     */
    default Order existing(OrderId id) {
        return find(id).orElseThrow(() -> new IllegalStateException("There is no order " + id));
    }

    /**
     * Stores a change of an order with its event and its effect on the stock, in one transaction.
     *
     * @throws ConcurrentChangeException when nothing was stored, because the order or the stock of a product was
     *     changed at the same time
     * @throws OutOfStockException when nothing was stored, because there isn't enough of a product
     */
    void store(OrderChange change);

    /**
     * A page of a customer's orders, newest first. The newest order of all may be missing for a moment.
     *
     * @param after the order after which the page begins, as {@link OrderPage#next} has it; the first page if empty
     */
    OrderPage page(CustomerId customer, Optional<OrderId> after);
}
