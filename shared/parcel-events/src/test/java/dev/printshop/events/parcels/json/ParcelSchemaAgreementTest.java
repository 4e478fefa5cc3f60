package dev.printshop.events.parcels.json;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.shared.json.SchemaAgreementContract;
import dev.printshop.shared.json.SchemaDocuments;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ParcelSchemaAgreementTest extends SchemaAgreementContract {

    ParcelSchemaAgreementTest() {
        super(
                Set.of(ParcelDispatched.SOURCE, ParcelEvent.SOURCE),
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
