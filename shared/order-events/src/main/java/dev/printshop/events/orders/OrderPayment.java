package dev.printshop.events.orders;

/**
 * Money that a payment provider moved.
 *
 * @param paymentId the provider's id of the payment
 * @param amountMinor what the customer paid or got back, in minor units of the order's currency
 * @param feeMinor what the provider charges for it, in the same units
 */
public record OrderPayment(String paymentId, long amountMinor, long feeMinor) {}
