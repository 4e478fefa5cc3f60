package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderPlaced;

/**
 * What is stored for a new order, all or nothing.
 *
 * @param order the order
 * @param paymentToken what to pay it with; apart from the order, as no answer contains it
 * @param event what is to be announced
 * @param claim the use of the client's key, with the answer
 */
public record NewOrder(Order order, PaymentToken paymentToken, OrderPlaced event, Claim claim) {}
