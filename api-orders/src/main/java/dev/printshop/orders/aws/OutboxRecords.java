package dev.printshop.orders.aws;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.OutboxEvent;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.Correlation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of the orders table's stream. Those of new events have an item that {@link OrderItems} describes. */
public final class OutboxRecords {

    private static final String INSERT = "INSERT";
    private static final String EVENT_PREFIX = "EVENT#";

    private OutboxRecords() {}

    /** Whether a record is about a new event. An expired event is a record, too: of its deletion. */
    public static boolean isNewEvent(DynamodbStreamRecord streamed) {
        @Nullable Map<String, AttributeValue> keys = streamed.getDynamodb().getKeys();
        return INSERT.equals(streamed.getEventName())
                && keys != null
                && keys.containsKey("sk")
                && keys.get("sk").getS().startsWith(EVENT_PREFIX);
    }

    /**
     * The event of a record.
     *
     * @throws IllegalArgumentException when the item can't be read
     */
    public static OutboxEvent read(DynamodbStreamRecord streamed) {
        @Nullable Map<String, AttributeValue> item = streamed.getDynamodb().getNewImage();
        if (item == null) {
            throw new IllegalArgumentException("The record must have the new item");
        }
        String detail = text(item, "detail");
        JsonObject json = JsonObject.parse(ByteBuffer.wrap(detail.getBytes(StandardCharsets.UTF_8)));
        return new OutboxEvent(new OrderId(json.text("orderId")), text(item, "type"), detail, Correlation.of(json));
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute))
                .map(AttributeValue::getS)
                .orElseThrow(
                        () -> new IllegalArgumentException("The item must have the text '%s'".formatted(attribute)));
    }
}
