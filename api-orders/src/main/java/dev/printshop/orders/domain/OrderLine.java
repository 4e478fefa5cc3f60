package dev.printshop.orders.domain;

import dev.printshop.events.photos.PhotoVersion;

/**
 * A part of an order.
 *
 * @param print what is printed
 * @param version the version of the photo that was current when the order was placed, which is the one that is printed
 * @param quantity how many
 * @param unit the net price of one
 * @param amount the net price of all
 */
public record OrderLine(Print print, PhotoVersion version, int quantity, Money unit, Money amount) {

    static OrderLine of(RequestedItem item, PhotoVersion version, Product product) {
        return new OrderLine(
                item.print(),
                version,
                item.quantity(),
                product.netPrice(),
                product.netPrice().times(item.quantity()));
    }
}
