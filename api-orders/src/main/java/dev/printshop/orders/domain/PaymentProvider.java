package dev.printshop.orders.domain;

/**
 * The provider that takes the customers' payments. A call is safe to repeat with its key: the provider executes it
 * once, and repeats its first answer.
 *
 * <p>A call has one of three results. A definite outcome; {@link PaymentOutcome.Unknown} when the provider may have
 * moved money; a {@link PaymentProviderUnavailableException} when this call has certainly moved none.
 */
public interface PaymentProvider {

    /**
     * Takes a payment.
     *
     * @param key identifies the charge
     * @param amount the order's total
     * @param token what the payment is taken with
     * @throws PaymentProviderUnavailableException when the call had no effect, and can be repeated later
     */
    PaymentOutcome.OfCharge charge(PaymentKey key, Money amount, PaymentToken token);

    /**
     * Gives money of a captured payment back. A payment is refunded once at most.
     *
     * @param key identifies the refund
     * @param payment the captured payment
     * @param amount at most what was captured
     * @throws PaymentProviderUnavailableException when the call had no effect, and can be repeated later
     */
    PaymentOutcome.OfRefund refund(PaymentKey key, PaymentId payment, Money amount);

    /**
     * Asks for the outcome of an earlier call. {@link PaymentOutcome.Unknown} means that the answer didn't arrive or
     * isn't valid: ask again.
     *
     * @param key of the charge or the refund
     * @throws PaymentProviderUnavailableException when the provider didn't answer the question; ask later
     */
    PaymentOutcome find(PaymentKey key);
}
