package dev.printshop.orders.domain;

/**
 * What an order costs.
 *
 * @param net the sum of its lines, without shipping and VAT
 * @param shipping the shipping, without VAT
 * @param vat the VAT on both
 */
public record Totals(Money net, Money shipping, Money vat) {

    /** What the customer pays. */
    public Money total() {
        return net.plus(shipping).plus(vat);
    }
}
