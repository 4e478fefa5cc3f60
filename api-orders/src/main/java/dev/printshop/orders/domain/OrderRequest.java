package dev.printshop.orders.domain;

import dev.printshop.events.orders.CustomerId;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer's request for an order.
 *
 * @param customer who wants to order
 * @param items what to print, 1 to {@value #MAX_ITEMS} different prints
 * @param address where to deliver it
 * @param paymentToken what to pay with
 */
public record OrderRequest(
        CustomerId customer, List<RequestedItem> items, ShippingAddress address, PaymentToken paymentToken) {

    /** The greatest number of items. */
    public static final int MAX_ITEMS = 20;

    public OrderRequest {
        items = List.copyOf(items);
        if (items.isEmpty() || items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException("items must be 1 to %d, but are %d".formatted(MAX_ITEMS, items.size()));
        }
        if (items.stream().map(RequestedItem::print).distinct().count() < items.size()) {
            throw new IllegalArgumentException("items must be different prints");
        }
    }

    /** Equal for equal requests, however their JSON was written, and different for others. */
    String fingerprint() {
        List<String> texts = new ArrayList<>();
        texts.add(Integer.toString(items.size()));
        for (RequestedItem item : items) {
            texts.add(item.print().photo().toString());
            texts.add(item.print().productId());
            texts.add(Integer.toString(item.quantity()));
        }
        texts.addAll(
                List.of(address.name(), address.street(), address.postalCode(), address.city(), address.country()));
        texts.add(paymentToken.value());
        return Fingerprint.of(texts);
    }
}
