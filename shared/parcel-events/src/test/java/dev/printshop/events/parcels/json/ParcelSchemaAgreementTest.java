package dev.printshop.events.parcels.json;

import dev.printshop.shared.json.SchemaAgreementContract;
import dev.printshop.shared.json.SchemaDocuments;
import java.util.List;
import java.util.Map;

class ParcelSchemaAgreementTest extends SchemaAgreementContract {

    ParcelSchemaAgreementTest() {
        super(
                schema -> schema.title().startsWith("Parcel"),
                Map.of(
                        "ParcelDispatched",
                        json -> ParcelEventJson.toDetail(ParcelEventJson.dispatchedFromEnvelope(json)),
                        "ParcelDelayed",
                        json -> ParcelEventJson.toDetail(ParcelEventJson.fromEnvelope(json)),
                        "ParcelConditionBreached",
                        json -> ParcelEventJson.toDetail(ParcelEventJson.fromEnvelope(json)),
                        "ParcelDelivered",
                        json -> ParcelEventJson.toDetail(ParcelEventJson.fromEnvelope(json))));
    }

    @Override
    protected Map<String, Object> validDocument(SchemaDocuments schema) {
        return PlannedRoute.orderly(schema, List.of());
    }
}
