package dev.printshop.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.events.ParcelDispatched;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.PhotoEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents that fit a schema are read, and others are refused with the field's name. They are generated from the
 * schemas.
 */
class SchemaAgreementTest {

    private static final int DOCUMENTS = 300;
    private static final int BROKEN_DOCUMENTS = 5;

    /** Each event, how it is read, and how it is written. */
    private static final Map<String, Function<JsonObject, Map<String, Object>>> READ_AND_WRITTEN = Map.of(
            "ParcelDispatched", json -> ParcelEventJson.toDetail(ParcelEventJson.dispatchedFromEnvelope(json)),
            "ParcelDelayed", json -> ParcelEventJson.toDetail(ParcelEventJson.fromEnvelope(json)),
            "ParcelConditionBreached", json -> ParcelEventJson.toDetail(ParcelEventJson.fromEnvelope(json)),
            "ParcelDelivered", json -> ParcelEventJson.toDetail(ParcelEventJson.fromEnvelope(json)),
            "GalleryUpdated", json -> GalleryUpdatedJson.toDetail(GalleryUpdatedJson.fromEnvelope(json)),
            "PhotoResized", json -> PhotoEventJson.toDetail(PhotoEventJson.fromEnvelope(json)),
            "PhotoRejected", json -> PhotoEventJson.toDetail(PhotoEventJson.fromEnvelope(json)),
            "PhotoRemoved", json -> PhotoEventJson.toDetail(PhotoEventJson.fromEnvelope(json)));

    static Stream<SchemaDocuments> schemas() {
        return SchemaDocuments.titles().stream().map(title -> SchemaDocuments.of(title, 9));
    }

    @Test
    void eachSchema_hasItsReader() {
        assertThat(SchemaDocuments.titles()).containsExactlyInAnyOrderElementsOf(READ_AND_WRITTEN.keySet());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void whatFitsASchema_isRead_andFitsItAgainWhenItIsWritten(SchemaDocuments schema) {
        for (int i = 0; i < DOCUMENTS; i++) {
            Map<String, Object> document = PlannedRoute.orderly(schema, List.of());
            assertThat(schema.fits(document)).as("%s fits", document).isTrue();

            Map<String, Object> written = readAndWritten(schema, document);

            assertThat(schema.fits(written))
                    .as("%s, written again, fits", written)
                    .isTrue();
            assertThat(readAndWritten(schema, written)).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void whatBreaksASchema_isRefusedByTheFieldsName(SchemaDocuments schema) {
        for (int i = 0; i < BROKEN_DOCUMENTS; i++) {
            Map<String, Object> valid = PlannedRoute.orderly(schema, List.of());
            assertThat(schema.violations(valid)).isNotEmpty().allSatisfy(violation -> {
                assertThat(schema.fits(violation.document())).as("fits").isFalse();
                assertThatThrownBy(() -> readAndWritten(schema, violation.document()))
                        .isInstanceOf(InvalidJsonException.class)
                        .hasMessageContaining(violation.field());
            });
        }
    }

    private static Map<String, Object> readAndWritten(SchemaDocuments schema, Map<String, Object> document) {
        String source = switch (schema.title()) {
            case "ParcelDispatched" -> ParcelDispatched.SOURCE;
            case String title when title.startsWith("Parcel") -> ParcelEvent.SOURCE;
            default -> PhotoEvent.SOURCE;
        };
        Function<JsonObject, Map<String, Object>> reader = READ_AND_WRITTEN.get(schema.title());
        if (reader == null) {
            throw new AssertionError("No reader of " + schema.title());
        }
        return reader.apply(JsonObject.parse(
                JsonObject.write(Map.of("source", source, "detail-type", schema.title(), "detail", document))));
    }
}
