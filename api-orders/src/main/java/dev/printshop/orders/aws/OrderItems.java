package dev.printshop.orders.aws;

import static dev.printshop.orders.aws.Attributes.number;
import static dev.printshop.orders.aws.Attributes.required;
import static dev.printshop.orders.aws.Attributes.requiredNumber;
import static dev.printshop.orders.aws.Attributes.requiredPhoto;
import static dev.printshop.orders.aws.Attributes.requiredText;
import static dev.printshop.orders.aws.Attributes.text;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.orders.OrderSummary;
import dev.printshop.events.orders.json.OrderEventJson;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.RouteStop;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.orders.domain.Claim;
import dev.printshop.orders.domain.ClaimId;
import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.Order;
import dev.printshop.orders.domain.OrderLine;
import dev.printshop.orders.domain.OrderStatus;
import dev.printshop.orders.domain.ParkedOrder;
import dev.printshop.orders.domain.Payment;
import dev.printshop.orders.domain.PaymentToken;
import dev.printshop.orders.domain.Print;
import dev.printshop.orders.domain.Progress;
import dev.printshop.orders.domain.RecordedAnswer;
import dev.printshop.orders.domain.Shipment;
import dev.printshop.orders.domain.ShippingAddress;
import dev.printshop.orders.domain.Totals;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.Correlation;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the orders table.
 *
 * <table>
 *   <caption>Single-table layout</caption>
 *   <tr><th>item</th><th>pk</th><th>sk</th><th>attributes</th></tr>
 *   <tr><td>order</td><td>{@code ORDER#<orderId>}</td><td>{@code ORDER}</td><td>orderId, customerId, status, lines,
 *       currency, netMinor, shippingMinor, vatMinor, address, placedAt, events, stockReserved, payment, shipment,
 *       failure, version</td></tr>
 *   <tr><td>payment token</td><td>{@code ORDER#<orderId>}</td><td>{@code PAYMENT}</td><td>paymentToken,
 *       expiresAt</td></tr>
 *   <tr><td>parked order</td><td>{@code ORDER#<orderId>}</td><td>{@code PARKED}</td><td>taskToken, reason,
 *       parkedAt</td></tr>
 *   <tr><td>event to publish</td><td>{@code ORDER#<orderId>}</td><td>{@code EVENT#<sequence, 10 digits>}</td><td>type,
 *       detail (JSON as on the bus, with the correlation id), expiresAt</td></tr>
 *   <tr><td>delivery</td><td>{@code ORDER#<orderId>}</td><td>{@code DELIVERY}</td><td>taskToken (of the task that waits
 *       for it), deliveredAt; each may come first</td></tr>
 *   <tr><td>stock of a product</td><td>{@code PRODUCT#<productId>}</td><td>{@code STOCK}</td><td>available</td></tr>
 *   <tr><td>claim of a key</td><td>{@code CLAIM#<customerId>#<digest of operation and key>}</td><td>{@code CLAIM}</td>
 *       <td>requestFingerprint, answerStatus, answerHeaders, answerBody, expiresAt</td></tr>
 * </table>
 *
 * <p>The index {@value #CUSTOMER_INDEX} has the partition key customerId and the sort key orderId, which is in the
 * order of time. Only orders have both attributes, so it has no other items. {@code version} is for optimistic
 * locking, and {@code expiresAt}, in seconds, for the table's TTL.
 */
final class OrderItems {

    static final String CUSTOMER_INDEX = "customer-orders";

    /** How long events can be published again, and a payment can be taken. */
    static final Duration RETENTION = Duration.ofDays(30);

    private static final String ORDER = "ORDER";
    private static final String PAYMENT = "PAYMENT";
    private static final String PARKED = "PARKED";
    private static final String CLAIM = "CLAIM";
    private static final String STOCK = "STOCK";
    private static final String DELIVERY = "DELIVERY";

    private OrderItems() {}

    // -- Keys --------------------------------------------------------------------------------------------------------

    static Map<String, AttributeValue> orderKey(OrderId id) {
        return key(partition(id), ORDER);
    }

    static Map<String, AttributeValue> claimKey(ClaimId id) {
        return key("CLAIM#%s#%s".formatted(id.customer(), id.hash()), CLAIM);
    }

    static Map<String, AttributeValue> deliveryKey(OrderId id) {
        return key(partition(id), DELIVERY);
    }

    static Map<String, AttributeValue> stockKey(String productId) {
        return key("PRODUCT#" + productId, STOCK);
    }

    /** The key of an order in the index, at which a page begins. */
    static Map<String, AttributeValue> indexKey(CustomerId customer, OrderId id) {
        Map<String, AttributeValue> key = new HashMap<>(orderKey(id));
        key.put("customerId", text(customer.value()));
        key.put("orderId", text(id.value()));
        return key;
    }

    private static String partition(OrderId id) {
        return "ORDER#" + id;
    }

    private static Map<String, AttributeValue> key(String partition, String sort) {
        return Map.of("pk", text(partition), "sk", text(sort));
    }

    // -- Orders ------------------------------------------------------------------------------------------------------

    static Map<String, AttributeValue> item(Order order) {
        Totals totals = order.totals();
        ShippingAddress address = order.address();
        Map<String, AttributeValue> item = new HashMap<>(indexKey(order.customer(), order.id()));
        item.put("status", text(order.status().name()));
        item.put(
                "lines",
                AttributeValue.fromL(
                        order.lines().stream().map(OrderItems::attributes).toList()));
        item.put("currency", text(totals.net().currency().getCurrencyCode()));
        item.put("netMinor", number(totals.net().minor()));
        item.put("shippingMinor", number(totals.shipping().minor()));
        item.put("vatMinor", number(totals.vat().minor()));
        item.put(
                "address",
                AttributeValue.fromM(Map.of(
                        "name", text(address.name()),
                        "street", text(address.street()),
                        "postalCode", text(address.postalCode()),
                        "city", text(address.city()),
                        "country", text(address.country()))));
        item.put("placedAt", text(order.placedAt().toString()));
        Progress progress = order.progress();
        item.put("events", number(progress.events()));
        item.put("stockReserved", AttributeValue.fromBool(progress.stockReserved()));
        progress.chargedAt().ifPresent(time -> item.put("chargedAt", text(time.toString())));
        progress.payment().ifPresent(payment -> item.put("payment", attributes(payment)));
        progress.shipment().ifPresent(shipment -> item.put("shipment", attributes(shipment)));
        progress.failure().ifPresent(reason -> item.put("failure", text(reason)));
        item.put("version", number(order.version()));
        return item;
    }

    static Order order(Map<String, AttributeValue> item) {
        Currency currency = Currency.getInstance(requiredText(item, "currency"));
        Map<String, AttributeValue> address = required(item, "address").m();
        return new Order(
                new OrderId(requiredText(item, "orderId")),
                new CustomerId(requiredText(item, "customerId")),
                OrderStatus.valueOf(requiredText(item, "status")),
                required(item, "lines").l().stream()
                        .map(line -> line(line.m(), currency))
                        .toList(),
                new Totals(
                        new Money(requiredNumber(item, "netMinor"), currency),
                        new Money(requiredNumber(item, "shippingMinor"), currency),
                        new Money(requiredNumber(item, "vatMinor"), currency)),
                new ShippingAddress(
                        requiredText(address, "name"),
                        requiredText(address, "street"),
                        requiredText(address, "postalCode"),
                        requiredText(address, "city"),
                        requiredText(address, "country")),
                Instant.parse(requiredText(item, "placedAt")),
                progress(item, currency),
                requiredNumber(item, "version"));
    }

    private static Progress progress(Map<String, AttributeValue> item, Currency currency) {
        return new Progress(
                Math.toIntExact(requiredNumber(item, "events")),
                required(item, "stockReserved").bool(),
                Optional.ofNullable(item.get("chargedAt")).map(time -> Instant.parse(time.s())),
                Optional.ofNullable(item.get("payment")).map(payment -> payment(payment.m(), currency)),
                Optional.ofNullable(item.get("shipment")).map(shipment -> shipment(shipment.m())),
                Optional.ofNullable(item.get("failure")).map(AttributeValue::s));
    }

    private static AttributeValue attributes(Payment payment) {
        return AttributeValue.fromM(Map.of(
                "paymentId", text(payment.id()),
                "amountMinor", number(payment.amount().minor()),
                "feeMinor", number(payment.fee().minor()),
                "refunded", AttributeValue.fromBool(payment.refunded())));
    }

    private static Payment payment(Map<String, AttributeValue> payment, Currency currency) {
        return new Payment(
                requiredText(payment, "paymentId"),
                new Money(requiredNumber(payment, "amountMinor"), currency),
                new Money(requiredNumber(payment, "feeMinor"), currency),
                required(payment, "refunded").bool());
    }

    private static AttributeValue attributes(Shipment shipment) {
        return AttributeValue.fromM(Map.of(
                "parcelId", text(shipment.parcel().value()),
                "route",
                        AttributeValue.fromL(shipment.route().stream()
                                .map(stop -> AttributeValue.fromM(Map.of(
                                        "hubCode", text(stop.hubCode()),
                                        "plannedAt", text(stop.plannedAt().toString()))))
                                .toList()),
                "promisedAt", text(shipment.promisedAt().toString())));
    }

    private static Shipment shipment(Map<String, AttributeValue> shipment) {
        return new Shipment(
                new ParcelId(requiredText(shipment, "parcelId")),
                required(shipment, "route").l().stream()
                        .map(stop -> new RouteStop(
                                requiredText(stop.m(), "hubCode"), Instant.parse(requiredText(stop.m(), "plannedAt"))))
                        .toList(),
                Instant.parse(requiredText(shipment, "promisedAt")));
    }

    private static AttributeValue attributes(OrderLine line) {
        return AttributeValue.fromM(Map.of(
                "photo", Attributes.photo(line.print().photo()),
                "photoVersion", text(line.version().value()),
                "productId", text(line.print().productId()),
                "quantity", number(line.quantity()),
                "unitMinor", number(line.unit().minor()),
                "amountMinor", number(line.amount().minor())));
    }

    private static OrderLine line(Map<String, AttributeValue> line, Currency currency) {
        return new OrderLine(
                new Print(requiredPhoto(line, "photo"), requiredText(line, "productId")),
                new PhotoVersion(requiredText(line, "photoVersion")),
                Math.toIntExact(requiredNumber(line, "quantity")),
                new Money(requiredNumber(line, "unitMinor"), currency),
                new Money(requiredNumber(line, "amountMinor"), currency));
    }

    // -- What belongs to a new order ---------------------------------------------------------------------------------

    static Map<String, AttributeValue> paymentKey(OrderId id) {
        return key(partition(id), PAYMENT);
    }

    static PaymentToken paymentToken(Map<String, AttributeValue> item) {
        return new PaymentToken(requiredText(item, "paymentToken"));
    }

    static Map<String, AttributeValue> paymentItem(Order order, PaymentToken token) {
        Map<String, AttributeValue> item = new HashMap<>(key(partition(order.id()), PAYMENT));
        item.put("paymentToken", text(token.value()));
        item.put("expiresAt", seconds(order.placedAt().plus(RETENTION)));
        return item;
    }

    static Map<String, AttributeValue> eventItem(OrderEvent event) {
        OrderSummary order = event.order();
        Map<String, Object> detail = OrderEventJson.toDetail(event);
        Correlation.addTo(detail, Correlation.current());
        Map<String, AttributeValue> item =
                new HashMap<>(key(partition(order.orderId()), "EVENT#%010d".formatted(order.sequence())));
        item.put("type", text(event.detailType()));
        item.put("detail", text(JsonObject.write(detail)));
        item.put("expiresAt", seconds(order.occurredAt().plus(RETENTION)));
        return item;
    }

    // -- Parked orders -----------------------------------------------------------------------------------------------

    static Map<String, AttributeValue> item(ParkedOrder order) {
        Map<String, AttributeValue> item = new HashMap<>(key(partition(order.id()), PARKED));
        item.put("taskToken", text(order.token().value()));
        item.put("reason", text(order.reason()));
        item.put("parkedAt", text(order.parkedAt().toString()));
        return item;
    }

    // -- Claims ------------------------------------------------------------------------------------------------------

    static Map<String, AttributeValue> item(Claim claim) {
        Map<String, AttributeValue> headers = new HashMap<>();
        claim.answer().headers().forEach((name, value) -> headers.put(name, text(value)));
        Map<String, AttributeValue> item = new HashMap<>(claimKey(claim.id()));
        item.put("requestFingerprint", text(claim.requestFingerprint()));
        item.put("answerStatus", number(claim.answer().status()));
        item.put("answerHeaders", AttributeValue.fromM(headers));
        item.put("answerBody", text(claim.answer().body()));
        item.put("expiresAt", seconds(claim.expiresAt()));
        return item;
    }

    static Claim claim(ClaimId id, Map<String, AttributeValue> item) {
        Map<String, String> headers = new HashMap<>();
        required(item, "answerHeaders").m().forEach((name, value) -> headers.put(name, value.s()));
        return new Claim(
                id,
                requiredText(item, "requestFingerprint"),
                Instant.ofEpochSecond(requiredNumber(item, "expiresAt")),
                new RecordedAnswer(
                        Math.toIntExact(requiredNumber(item, "answerStatus")),
                        headers,
                        requiredText(item, "answerBody")));
    }

    static AttributeValue seconds(Instant time) {
        return number(time.getEpochSecond());
    }
}
