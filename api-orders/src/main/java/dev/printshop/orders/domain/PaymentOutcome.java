package dev.printshop.orders.domain;

/** What is known of a charge or a refund after a call of the provider. */
public sealed interface PaymentOutcome {

    /** What is known after a charge. */
    sealed interface OfCharge extends PaymentOutcome permits Captured, Declined, Unknown {}

    /** What is known after a refund. */
    sealed interface OfRefund extends PaymentOutcome permits Refunded, Declined, Unknown {}

    /**
     * The provider has taken the money.
     *
     * @param paymentId what a refund refers to
     * @param amount the whole amount that the customer paid
     * @param fee the provider's part of it
     */
    record Captured(PaymentId paymentId, Money amount, Money fee) implements OfCharge {}

    /**
     * The provider has given the money back.
     *
     * @param paymentId the payment that is refunded
     * @param amount what the customer gets
     */
    record Refunded(PaymentId paymentId, Money amount) implements OfRefund {}

    /**
     * The provider refuses for good, and has moved no money.
     *
     * @param reason the provider's code, for example {@code CARD_DECLINED}
     */
    record Declined(String reason) implements OfCharge, OfRefund {}

    /** The provider has no charge or refund with the key. One that is still on its way may arrive later. */
    record NotFound() implements PaymentOutcome {}

    /**
     * Money may have been moved, or not: there was no answer, or none that proves anything. It is not a failure. The
     * same call may be repeated with its key, or {@link PaymentProvider#find} asked until it knows.
     *
     * @param reason for the log; contains neither tokens nor keys of the API
     */
    record Unknown(String reason) implements OfCharge, OfRefund {}
}
