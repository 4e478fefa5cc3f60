package dev.printshop.orders.json;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.orders.domain.OrderRequest;
import dev.printshop.orders.domain.PaymentToken;
import dev.printshop.orders.domain.Print;
import dev.printshop.orders.domain.RequestedItem;
import dev.printshop.orders.domain.ShippingAddress;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a request for an order. */
public final class OrderRequestJson {

    private static final Pattern PRODUCT_ID = Pattern.compile("[a-z0-9-]{1,64}");

    private final CustomerId customer;
    private final FieldErrors errors = new FieldErrors();

    private OrderRequestJson(CustomerId customer) {
        this.customer = customer;
    }

    /**
     * Reads the body. A photo's id names one of the customer's own photos: a request can't name the photo of another.
     *
     * @throws HttpProblem 400, which names all fields that are missing or wrong
     */
    public static OrderRequest read(JsonObject body, CustomerId customer) {
        return new OrderRequestJson(customer).read(body);
    }

    private OrderRequest read(JsonObject body) {
        List<RequestedItem> items = items(body);
        Optional<ShippingAddress> address = errors.read("shippingAddress", () -> body.object("shippingAddress"))
                .flatMap(this::address);
        Optional<PaymentToken> token = errors.read("paymentToken", () -> token(body));
        errors.throwIfAny();
        return new OrderRequest(customer, items, address.orElseThrow(), token.orElseThrow());
    }

    private List<RequestedItem> items(JsonObject body) {
        List<JsonObject> objects = errors.read("items", () -> body.objects("items", 1, OrderRequest.MAX_ITEMS))
                .orElse(List.of());
        List<RequestedItem> items = new ArrayList<>();
        Map<Print, String> firstOf = new HashMap<>();
        for (int i = 0; i < objects.size(); i++) {
            String path = "items[%d]".formatted(i);
            item(objects.get(i), path).ifPresent(item -> {
                @Nullable String first = firstOf.putIfAbsent(item.print(), path);
                if (first != null) {
                    errors.add(path, "The photo and the product are those of %s".formatted(first));
                }
                items.add(item);
            });
        }
        return items;
    }

    private Optional<RequestedItem> item(JsonObject json, String path) {
        Optional<PhotoId> photo =
                errors.read(path + ".photoId", () -> new PhotoId(customer.value(), json.text("photoId")));
        Optional<String> product = errors.read(path + ".productId", () -> json.text("productId", PRODUCT_ID));
        Optional<Integer> quantity =
                errors.read(path + ".quantity", () -> (int) json.number("quantity", 1, RequestedItem.MAX_QUANTITY));
        return photo.isPresent() && product.isPresent() && quantity.isPresent()
                ? Optional.of(new RequestedItem(new Print(photo.get(), product.get()), quantity.get()))
                : Optional.empty();
    }

    /** The message of another type would repeat a number, and a token is a secret. */
    private static PaymentToken token(JsonObject body) {
        try {
            return new PaymentToken(body.text("paymentToken"));
        } catch (InvalidJsonException _) {
            throw new IllegalArgumentException("paymentToken must be a text");
        }
    }

    private Optional<ShippingAddress> address(JsonObject json) {
        Optional<String> name = line(json, "name", ShippingAddress.MAX_NAME);
        Optional<String> street = line(json, "street", ShippingAddress.MAX_STREET);
        Optional<String> postalCode = line(json, "postalCode", ShippingAddress.MAX_POSTAL_CODE);
        Optional<String> city = line(json, "city", ShippingAddress.MAX_CITY);
        Optional<String> country =
                errors.read("shippingAddress.country", () -> ShippingAddress.requireCountry(json.text("country")));
        boolean complete = name.isPresent()
                && street.isPresent()
                && postalCode.isPresent()
                && city.isPresent()
                && country.isPresent();
        return complete
                ? Optional.of(
                        new ShippingAddress(name.get(), street.get(), postalCode.get(), city.get(), country.get()))
                : Optional.empty();
    }

    private Optional<String> line(JsonObject json, String field, int most) {
        return errors.read(
                "shippingAddress." + field, () -> ShippingAddress.requireLine(field, json.text(field), most));
    }
}
