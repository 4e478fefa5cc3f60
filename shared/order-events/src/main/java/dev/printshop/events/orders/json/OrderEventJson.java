package dev.printshop.events.orders.json;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderCancelled;
import dev.printshop.events.orders.OrderCompleted;
import dev.printshop.events.orders.OrderDispatched;
import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderFailed;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.orders.OrderPaid;
import dev.printshop.events.orders.OrderPayment;
import dev.printshop.events.orders.OrderPlaced;
import dev.printshop.events.orders.OrderRefunded;
import dev.printshop.events.orders.OrderSummary;
import dev.printshop.events.orders.OrderSummary.Line;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The JSON form of the order events, as defined by the schemas in {@code events/schemas/}: an event that fits its
 * schema is read, and any other is refused.
 */
public final class OrderEventJson {

    /** A status or a reason; later versions may add more of them. */
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z_]{0,31}");

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern PARCEL_ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Pattern PAYMENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PRODUCT_ID = Pattern.compile("[a-z0-9-]{1,64}");

    private static final int MAX_LINES = 100;

    /** The greatest whole number that every JSON parser reads exactly: 2^53 - 1. */
    private static final long MAX_MINOR = (1L << 53) - 1;

    private OrderEventJson() {}

    /** The detail of an event on the bus. */
    public static Map<String, Object> toDetail(OrderEvent event) {
        OrderSummary order = event.order();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", OrderEvent.SCHEMA_VERSION);
        detail.put("eventId", event.eventId());
        detail.put("sequence", order.sequence());
        detail.put("occurredAt", order.occurredAt().toString());
        detail.put("orderId", order.orderId().value());
        detail.put("customerId", order.customerId().value());
        detail.put("status", order.status());
        detail.put("currency", order.currency());
        detail.put("totalMinor", order.totalMinor());
        detail.put("lines", order.lines().stream().map(OrderEventJson::toJson).toList());
        switch (event) {
            case OrderPaid paid -> add(paid.payment(), detail);
            case OrderRefunded refunded -> add(refunded.payment(), detail);
            case OrderDispatched dispatched -> detail.put("parcelId", dispatched.parcelId());
            case OrderFailed failed -> detail.put("reason", failed.reason());
            case OrderPlaced _, OrderCompleted _, OrderCancelled _ -> {}
        }
        return detail;
    }

    private static void add(OrderPayment payment, Map<String, Object> detail) {
        detail.put("paymentId", payment.paymentId());
        detail.put("amountMinor", payment.amountMinor());
        detail.put("feeMinor", payment.feeMinor());
    }

    /**
     * Reads an event from its EventBridge envelope.
     *
     * @throws InvalidJsonException when it is no order event, or a field is missing or wrong
     */
    public static OrderEvent fromEnvelope(JsonObject envelope) {
        if (!envelope.text("source").equals(OrderEvent.SOURCE)) {
            throw new InvalidJsonException("Field 'source' must be %s".formatted(OrderEvent.SOURCE));
        }
        String type = envelope.text("detail-type");
        JsonObject detail = envelope.object("detail");
        requireSchemaVersion(detail);
        try {
            OrderSummary order = order(detail);
            OrderEvent event = switch (type) {
                case "OrderPlaced" -> new OrderPlaced(order);
                case "OrderPaid" -> new OrderPaid(order, payment(detail));
                case "OrderRefunded" -> new OrderRefunded(order, payment(detail));
                case "OrderDispatched" -> new OrderDispatched(order, detail.text("parcelId", PARCEL_ID));
                case "OrderCompleted" -> new OrderCompleted(order);
                case "OrderFailed" -> new OrderFailed(order, detail.text("reason", CONSTANT));
                case "OrderCancelled" -> new OrderCancelled(order);
                default -> throw new InvalidJsonException("Field 'detail-type' must be that of an order event");
            };
            requireEventId(detail, event);
            return event;
        } catch (InvalidJsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidJsonException("Field 'detail' is wrong: " + e.getMessage(), e);
        }
    }

    private static OrderSummary order(JsonObject detail) {
        return new OrderSummary(
                new OrderId(detail.text("orderId")),
                detail.integer("sequence", 1),
                detail.utc("occurredAt"),
                new CustomerId(detail.text("customerId")),
                detail.text("status", CONSTANT),
                detail.text("currency", CURRENCY),
                detail.number("totalMinor", 0, MAX_MINOR),
                lines(detail.objects("lines", 1, MAX_LINES)));
    }

    private static OrderPayment payment(JsonObject detail) {
        return new OrderPayment(
                detail.text("paymentId", PAYMENT_ID),
                detail.number("amountMinor", 0, MAX_MINOR),
                detail.number("feeMinor", 0, MAX_MINOR));
    }

    private static void requireSchemaVersion(JsonObject detail) {
        int version = detail.integer("schemaVersion");
        if (version < OrderEvent.SCHEMA_VERSION) {
            throw new InvalidJsonException("Field 'detail.schemaVersion' must be at least %d, but is %d"
                    .formatted(OrderEvent.SCHEMA_VERSION, version));
        }
    }

    private static void requireEventId(JsonObject detail, OrderEvent event) {
        if (!detail.text("eventId").equals(event.eventId())) {
            throw new InvalidJsonException("Field 'detail.eventId' must be orderId#sequence");
        }
    }

    private static List<Line> lines(List<JsonObject> lines) {
        return lines.stream()
                .map(line -> new Line(
                        line.text("productId", PRODUCT_ID),
                        line.integer("quantity", 1),
                        line.number("amountMinor", 0, MAX_MINOR)))
                .toList();
    }

    private static Map<String, Object> toJson(Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("productId", line.productId());
        json.put("quantity", line.quantity());
        json.put("amountMinor", line.amountMinor());
        return json;
    }
}
