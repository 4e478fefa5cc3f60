package dev.printshop.events.orders.json;

import static dev.printshop.events.orders.OrderEventExamples.PLACED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderEventExamples;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderEventJsonTest {

    @Test
    void event_isFlatJson() {
        assertThat(JsonObject.write(OrderEventJson.toDetail(PLACED))).isEqualTo("""
                {"schemaVersion":1,"eventId":"019abf3c-5d00-7c3e-8a51-0123456789ab#1","sequence":1,\
                "occurredAt":"2026-11-25T12:31:12.512Z","orderId":"019abf3c-5d00-7c3e-8a51-0123456789ab",\
                "customerId":"7d1c0f4e-2b6a-4c8e-9f30-5a1b2c3d4e5f","status":"PLACED","currency":"EUR",\
                "totalMinor":2963,"lines":[{"productId":"print-10x15","quantity":100,"amountMinor":1500},\
                {"productId":"poster-30x45","quantity":1,"amountMinor":990}]}""");
    }

    @Test
    void writtenEvents_areReadAgain() {
        assertThat(OrderEventExamples.ALL)
                .hasSize(OrderEvent.class.getPermittedSubclasses().length)
                .allSatisfy(
                        event -> assertThat(read(OrderEvent.SOURCE, event.detailType(), OrderEventJson.toDetail(event)))
                                .isEqualTo(event));
    }

    @Test
    void eventOfAnotherSourceOrType_isRefused() {
        Map<String, Object> detail = OrderEventJson.toDetail(PLACED);

        assertThatThrownBy(() -> read("printshop.photos", "OrderPlaced", detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'source' must be printshop.orders");
        assertThatThrownBy(() -> read(OrderEvent.SOURCE, "ParcelDispatched", detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail-type' must be that of an order event");
    }

    @Test
    void eventIdOfAnotherEvent_isRefused() {
        // given
        Map<String, Object> detail = new LinkedHashMap<>(OrderEventJson.toDetail(PLACED));
        detail.put("eventId", PLACED.order().orderId() + "#2");

        // then
        assertThatThrownBy(() -> read(OrderEvent.SOURCE, "OrderPlaced", detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.eventId' must be orderId#sequence");
    }

    private static OrderEvent read(String source, String type, Map<String, Object> detail) {
        return OrderEventJson.fromEnvelope(
                JsonObject.of(Map.of("source", source, "detail-type", type, "detail", detail)));
    }
}
