package dev.printshop.orders.domain;

/**
 * Why a well-formed request can't become an order.
 *
 * @param field the path of the field, for example {@code items[0].productId}
 * @param detail what is wrong with it
 */
public record Refusal(String field, String detail) {}
