package dev.printshop.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.printshop.shared.events.ParcelDispatched;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelEventExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Binds what is written, what is read, and the schemas. */
class ParcelEventJsonTest {

    private static final String EXAMPLES = "dev.printshop.shared.events.ParcelEventExamples#all";
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void event_isReadAsItWasWritten(ParcelEvent event) {
        assertThat(ParcelEventJson.fromEnvelope(envelope(event.detailType(), ParcelEventJson.toDetail(event))))
                .isEqualTo(event);
    }

    @Test
    void plan_isReadAsItWasWritten() {
        assertThat(dispatched(ParcelEventJson.toDetail(ParcelEventExamples.DISPATCHED)))
                .isEqualTo(ParcelEventExamples.DISPATCHED);
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void event_fitsItsSchema_andNotWithoutAFieldThatIsRequired(ParcelEvent event) throws IOException {
        assertFitsSchema(event.detailType(), ParcelEventJson.toDetail(event));
    }

    @Test
    void plan_fitsItsSchema_andNotWithoutAFieldThatIsRequired() throws IOException {
        assertFitsSchema(ParcelDispatched.DETAIL_TYPE, ParcelEventJson.toDetail(ParcelEventExamples.DISPATCHED));
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void eventWithoutARequiredField_isRefusedByItsName(ParcelEvent event) {
        Map<String, Object> complete = ParcelEventJson.toDetail(event);
        for (String field : complete.keySet()) {
            if (!field.equals("orderId")) {
                Map<String, Object> detail = new LinkedHashMap<>(complete);
                detail.remove(field);

                assertThatThrownBy(() -> ParcelEventJson.fromEnvelope(envelope(event.detailType(), detail)))
                        .isInstanceOf(InvalidJsonException.class)
                        .hasMessageContaining(field);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parcelId, short, parcelId must be 8 to 64",
        "cause, BAD_LUCK, BAD_LUCK",
        "promisedAt, tomorrow, promisedAt",
        "schemaVersion, 0, 'schemaVersion'",
    })
    void eventWithAWrongValue_isRefusedByTheFieldsName(String field, String value, String message) {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DELAYED));
        detail.put(field, value);

        assertThatThrownBy(() -> ParcelEventJson.fromEnvelope(envelope("ParcelDelayed", detail)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void eventOfAnEarlierForm_isRefused() {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DELAYED));
        detail.put("schemaVersion", 0);

        assertThatThrownBy(() -> ParcelEventJson.fromEnvelope(envelope("ParcelDelayed", detail)))
                .hasMessage("Field 'detail.schemaVersion' must be at least 1, but is 0");
    }

    @Test
    void otherEvents_areRefused() {
        Map<String, Object> detail = ParcelEventJson.toDetail(ParcelEventExamples.DELIVERED);

        assertThatThrownBy(() -> ParcelEventJson.fromEnvelope(envelope("ParcelLost", detail)))
                .hasMessageContaining("'detail-type' must be ParcelDelayed");
        assertThatThrownBy(() -> ParcelEventJson.fromEnvelope(
                        JsonObject.of(Map.of("source", "printshop.photos", "detail-type", "x", "detail", detail))))
                .hasMessage("Field 'source' must be printshop.parcels");
        assertThatThrownBy(() -> ParcelEventJson.dispatchedFromEnvelope(JsonObject.of(
                        Map.of("source", "printshop.orders", "detail-type", "OrderPaid", "detail", detail))))
                .hasMessage("Field 'detail-type' must be ParcelDispatched");
    }

    @Test
    void planThatMakesNoSense_isRefusedWithTheReason() {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DISPATCHED));
        detail.put("route", List.of());

        assertThatThrownBy(() -> dispatched(detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail' is wrong: route must have 2 to 20 stops, but has 0");
    }

    private static ParcelDispatched dispatched(Map<String, Object> detail) {
        return ParcelEventJson.dispatchedFromEnvelope(JsonObject.of(
                Map.of("source", "printshop.orders", "detail-type", "ParcelDispatched", "detail", detail)));
    }

    private static JsonObject envelope(String detailType, Map<String, Object> detail) {
        return JsonObject.of(Map.of("source", "printshop.parcels", "detail-type", detailType, "detail", detail));
    }

    private static void assertFitsSchema(String detailType, Map<String, Object> complete) throws IOException {
        assertThat(violations(detailType, complete)).isEmpty();
        for (String field : complete.keySet()) {
            Map<String, Object> detail = new LinkedHashMap<>(complete);
            detail.remove(field);
            assertThat(violations(detailType, detail))
                    .as("violations without %s", field)
                    .hasSize(field.equals("orderId") ? 0 : 1);
        }
    }

    private static List<Error> violations(String detailType, Map<String, Object> detail) throws IOException {
        String schema = Files.readString(Path.of("..", "events", "schemas", detailType + ".json"));
        return REGISTRY.getSchema(schema, InputFormat.JSON).validate(JsonObject.write(detail), InputFormat.JSON);
    }
}
