package dev.printshop.events.parcels.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelEventExamples;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binds what is written, what is read, and the schemas. */
class ParcelEventJsonTest {

    /** Fields that an event may lack; deliveredAt in ParcelDelayed only. */
    private static final Set<String> OPTIONAL = Set.of("orderId", "delayedAt");

    private static final String EXAMPLES = "dev.printshop.events.parcels.ParcelEventExamples#all";
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
            if (!isOptional(event.detailType(), field)) {
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
        "cause, bad luck, 'cause'",
        "orderId, order 1, 'orderId'",
        "promisedAt, 2026-11-23T10:15:30+01:00, 'promisedAt'",
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
    void namesOfALaterVersion_areRead() {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DELAYED));
        detail.put("cause", "STRIKE");

        ParcelDelayed delayed = (ParcelDelayed) ParcelEventJson.fromEnvelope(envelope("ParcelDelayed", detail));

        assertThat(delayed.cause()).isEqualTo(ParcelDelayed.Cause.OTHER);
        assertThat(delayed.key()).isEqualTo(ParcelEventExamples.DELAYED.key());
    }

    @Test
    void orderIdOfAnOlderPlan_isLeftOutWhereItWouldNotFitTheSchema() {
        ParcelDelivered delivered = new ParcelDelivered(
                ParcelEventExamples.PARCEL, Optional.of("o".repeat(100_000)), Instant.EPOCH, Instant.EPOCH);

        assertThat(ParcelEventJson.toDetail(delivered)).doesNotContainKey("orderId");
    }

    @Test
    void planWithFinerTimesAndLimitsThanAreKept_isRoundedWhenItIsRead() {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DISPATCHED));
        detail.put("promisedAt", "2026-11-26T12:00:00.123456789Z");
        detail.put(
                "conditionLimits",
                Map.of(
                        "minTemperatureCelsius",
                        -0.0,
                        "maxTemperatureCelsius",
                        30.00049,
                        "maxShockG",
                        0.001,
                        "maxHumidityPercent",
                        100));

        ParcelDispatched plan = dispatched(detail);

        assertThat(plan.promisedAt()).isEqualTo("2026-11-26T12:00:00.123Z");
        assertThat(plan.conditionLimits()).isEqualTo(new ConditionLimits(0.0, 30, 0.001, 100));
    }

    @ParameterizedTest
    @CsvSource({
        "minTemperatureCelsius, -100.001, -100.0 to 100.0",
        "maxTemperatureCelsius, 1e300, -100.0 to 100.0",
        "maxTemperatureCelsius, 2.0004, by a thousandth at least",
        "maxShockG, 1e-200, 0.001 to 1000.0",
        "maxShockG, 1000.1, 0.001 to 1000.0",
        "maxHumidityPercent, 0, 0.001 to 100.0"
    })
    void limitThatNoMeasurementCanReach_isRefusedByItsName(String name, double value, String message) {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DISPATCHED));
        Map<String, Object> limits = new LinkedHashMap<>(Map.of(
                "minTemperatureCelsius", 2, "maxTemperatureCelsius", 30, "maxShockG", 8, "maxHumidityPercent", 80));
        limits.put(name, value);
        detail.put("conditionLimits", limits);

        assertThatThrownBy(() -> dispatched(detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "2100-01-01T00:00:00Z",
                "1999-12-31T23:59:59Z",
                "-0001-01-01T00:00:00Z",
                "2026-11-26T24:00:00Z",
                "2026-11-26T12:00:60Z",
                "2026-02-30T12:00:00Z",
                "2026-11-26T12:00:00.1234567891Z"
            })
    void promiseOfATimeThatCantBe_isRefusedByItsName(String promisedAt) {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DISPATCHED));
        detail.put("promisedAt", promisedAt);

        assertThatThrownBy(() -> dispatched(detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("'detail.promisedAt'");
    }

    @Test
    void eventOfAnEarlierForm_isRefused() {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DELAYED));
        detail.put("schemaVersion", 0);

        assertThatThrownBy(() -> ParcelEventJson.fromEnvelope(envelope("ParcelDelayed", detail)))
                .hasMessage("Field 'detail.schemaVersion' must be at least 1, but is 0");
    }

    @Test
    void delayOfVersionOne_isRead() {
        Map<String, Object> detail = new LinkedHashMap<>(ParcelEventJson.toDetail(ParcelEventExamples.DELAYED));
        detail.put("schemaVersion", 1);
        detail.remove("delayedAt");
        detail.remove("deliveredAt");

        ParcelDelayed read = (ParcelDelayed) ParcelEventJson.fromEnvelope(envelope("ParcelDelayed", detail));

        assertThat(read.delayedAt()).isEmpty();
        assertThat(read.delay()).isEqualTo(ParcelEventExamples.DELAYED.delay());
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

    private static boolean isOptional(String detailType, String field) {
        return OPTIONAL.contains(field) || detailType.equals("ParcelDelayed") && field.equals("deliveredAt");
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
                    .hasSize(isOptional(detailType, field) ? 0 : 1);
        }
    }

    private static List<Error> violations(String detailType, Map<String, Object> detail) throws IOException {
        String schema = Files.readString(Path.of("..", "..", "events", "schemas", detailType + ".json"));
        return REGISTRY.getSchema(schema, InputFormat.JSON).validate(JsonObject.write(detail), InputFormat.JSON);
    }
}
