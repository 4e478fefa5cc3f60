package dev.printshop.orders.domain;

/**
 * A captured payment.
 *
 * @param id the provider's id
 * @param amount what the customer paid
 * @param fee what the provider charges for it
 * @param refunded whether the customer got the amount back
 */
public record Payment(String id, Money amount, Money fee, boolean refunded) {

    Payment refund() {
        return new Payment(id, amount, fee, true);
    }
}
