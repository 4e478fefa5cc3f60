package dev.printshop.events.orders.json;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderEvent.Line;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.orders.OrderPlaced;
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

    /** Later versions may add statuses. */
    private static final Pattern STATUS = Pattern.compile("[A-Z][A-Z_]{0,31}");

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern PRODUCT_ID = Pattern.compile("[a-z0-9-]{1,64}");

    private static final int MAX_LINES = 100;

    /** The greatest whole number that every JSON parser reads exactly: 2^53 - 1. */
    private static final long MAX_MINOR = (1L << 53) - 1;

    private OrderEventJson() {}

    /** The detail of an event on the bus. */
    public static Map<String, Object> toDetail(OrderEvent event) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", OrderEvent.SCHEMA_VERSION);
        detail.put("eventId", event.eventId());
        detail.put("sequence", event.sequence());
        detail.put("occurredAt", event.occurredAt().toString());
        detail.put("orderId", event.orderId().value());
        detail.put("customerId", event.customerId().value());
        detail.put("status", event.status());
        detail.put("currency", event.currency());
        detail.put("totalMinor", event.totalMinor());
        detail.put("lines", event.lines().stream().map(OrderEventJson::toJson).toList());
        return detail;
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
            OrderEvent event = switch (type) {
                case "OrderPlaced" ->
                    new OrderPlaced(
                            new OrderId(detail.text("orderId")),
                            detail.integer("sequence", 1),
                            detail.utc("occurredAt"),
                            new CustomerId(detail.text("customerId")),
                            detail.text("status", STATUS),
                            detail.text("currency", CURRENCY),
                            detail.number("totalMinor", 0, MAX_MINOR),
                            lines(detail.objects("lines", 1, MAX_LINES)));
                default -> throw new InvalidJsonException("Field 'detail-type' must be OrderPlaced");
            };
            requireEventId(detail, event);
            return event;
        } catch (InvalidJsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidJsonException("Field 'detail' is wrong: " + e.getMessage(), e);
        }
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
