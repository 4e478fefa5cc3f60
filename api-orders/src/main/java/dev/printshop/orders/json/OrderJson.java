package dev.printshop.orders.json;

import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.Order;
import dev.printshop.orders.domain.OrderLine;
import dev.printshop.orders.domain.OrderPage;
import dev.printshop.orders.domain.Product;
import dev.printshop.orders.domain.ShippingAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Orders and products in answers. Amounts are in minor units; without the payment token, which an order hasn't. */
public final class OrderJson {

    private OrderJson() {}

    /** An order; {@code parcelId}, by which it is tracked, is null until it is dispatched. */
    public static Map<String, @Nullable Object> write(Order order) {
        Money total = order.totals().total();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("orderId", order.id().value());
        json.put("status", order.status().name());
        json.put("placedAt", order.placedAt().toString());
        json.put("items", order.lines().stream().map(OrderJson::write).toList());
        json.put("currency", total.currency().getCurrencyCode());
        json.put("netMinor", order.totals().net().minor());
        json.put("shippingMinor", order.totals().shipping().minor());
        json.put("vatMinor", order.totals().vat().minor());
        json.put("totalMinor", total.minor());
        json.put("shippingAddress", write(order.address()));
        json.put(
                "parcelId",
                order.progress()
                        .shipment()
                        .map(shipment -> shipment.parcel().value())
                        .orElse(null));
        return json;
    }

    /**
     * A page of orders.
     *
     * @param nextCursor the cursor of the next page, {@code null} in JSON on the last page
     */
    public static Map<String, @Nullable Object> write(OrderPage page, Optional<String> nextCursor) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("items", page.orders().stream().map(OrderJson::write).toList());
        json.put("nextCursor", nextCursor.orElse(null));
        return json;
    }

    /** All products. */
    public static Map<String, Object> write(Collection<Product> products) {
        return Map.of("items", products.stream().map(OrderJson::write).toList());
    }

    private static Map<String, Object> write(OrderLine line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("photoId", line.print().photo().id());
        json.put("productId", line.print().productId());
        json.put("quantity", line.quantity());
        json.put("unitMinor", line.unit().minor());
        json.put("amountMinor", line.amount().minor());
        return json;
    }

    private static Map<String, Object> write(ShippingAddress address) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", address.name());
        json.put("street", address.street());
        json.put("postalCode", address.postalCode());
        json.put("city", address.city());
        json.put("country", address.country());
        return json;
    }

    private static Map<String, Object> write(Product product) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("productId", product.id());
        json.put("name", product.name());
        json.put("currency", product.netPrice().currency().getCurrencyCode());
        json.put("netMinor", product.netPrice().minor());
        return json;
    }
}
