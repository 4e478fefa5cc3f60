package dev.printshop.events.orders.json;

import static java.util.Objects.requireNonNull;

import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderEventExamples;
import dev.printshop.shared.json.SchemaAgreementContract;
import dev.printshop.shared.json.SchemaDocuments;
import java.util.Map;
import java.util.stream.Collectors;

class OrderSchemaAgreementTest extends SchemaAgreementContract {

    OrderSchemaAgreementTest() {
        super(
                schema -> schema.title().startsWith("Order"),
                OrderEventExamples.ALL.stream()
                        .collect(Collectors.toMap(
                                OrderEvent::detailType,
                                _ -> json -> OrderEventJson.toDetail(OrderEventJson.fromEnvelope(json)))));
    }

    /** The schema can't express that the id is made of two other fields. */
    @Override
    protected Map<String, Object> validDocument(SchemaDocuments schema) {
        Map<String, Object> document = schema.valid();
        Number sequence = (Number) requireNonNull(document.get("sequence"));
        document.put("eventId", document.get("orderId") + "#" + sequence.intValue());
        return document;
    }
}
