package dev.printshop.events.photos.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoEventExamples;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PhotoEventJsonTest {

    private static final String EXAMPLES = "dev.printshop.events.photos.PhotoEventExamples#all";

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void writtenEvent_isReadAgain(PhotoEvent event) {
        // when
        PhotoEvent read = read(event.detailType(), PhotoEventJson.toDetail(event));

        // then
        assertThat(read).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void laterSchemaVersion_isReadWithoutItsAddedFields(PhotoEvent event) {
        // given
        Map<String, Object> later = new LinkedHashMap<>(PhotoEventJson.toDetail(event));
        later.put("schemaVersion", PhotoEvent.SCHEMA_VERSION + 1);
        later.put("camera", Map.of("maker", "Leica"));

        // then
        assertThat(read(event.detailType(), later)).isEqualTo(event);
    }

    @Test
    void additionalEnvelopeFields_areIgnored() {
        // given
        String message = """
                {"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "detail-type": "PhotoRemoved",
                 "source": "printshop.photos", "account": "111122223333", "time": "2026-11-23T00:00:01Z",
                 "region": "eu-central-1", "resources": [], "replay-name": "after-the-outage",
                 "detail": {"schemaVersion": 1, "owner": "anna", "photoId": "beach-1",
                            "version": "0055AED6DCD90281E500000000000000", "removedAt": "2026-11-23T00:00:00Z"}}""";

        // when
        PhotoEvent event = PhotoEventJson.fromEnvelope(JsonObject.parse(message));

        // then
        assertThat(event).isEqualTo(PhotoEventExamples.REMOVED);
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void missingField_isRefusedWithItsName(PhotoEvent event) {
        Map<String, Object> complete = PhotoEventJson.toDetail(event);
        for (String field : complete.keySet()) {
            // given
            Map<String, Object> detail = new LinkedHashMap<>(complete);
            detail.remove(field);

            // then
            assertThatThrownBy(() -> read(event.detailType(), detail))
                    .isInstanceOf(InvalidJsonException.class)
                    .hasMessage("Field 'detail.%s' is missing", field);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            owner         | anna/ben | Field 'detail' is wrong: owner must be
            photoId       | #profile | Field 'detail' is wrong: photoId must be
            version       | 12       | Field 'detail' is wrong: A photo version is
            removedAt     | today    | Field 'detail.removedAt' must be an ISO 8601 instant
            schemaVersion | 1        | Field 'detail.schemaVersion' must be a whole number
            """)
    void wrongValue_isRefused(String field, String value, String message) {
        // given
        Map<String, Object> detail = new LinkedHashMap<>(PhotoEventJson.toDetail(PhotoEventExamples.REMOVED));
        detail.put(field, value);

        // then
        assertThatThrownBy(() -> read("PhotoRemoved", detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void schemaVersionBeforeTheFirst_isRefused() {
        // given
        Map<String, Object> detail = new LinkedHashMap<>(PhotoEventJson.toDetail(PhotoEventExamples.REMOVED));
        detail.put("schemaVersion", 0);

        // then
        assertThatThrownBy(() -> read("PhotoRemoved", detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.schemaVersion' must be at least 1, but is 0");
    }

    @Test
    void otherSource_isRefused() {
        // given
        JsonObject envelope = JsonObject.of(Map.of(
                "source",
                "aws.s3",
                "detail-type",
                "PhotoRemoved",
                "detail",
                PhotoEventJson.toDetail(PhotoEventExamples.REMOVED)));

        // then
        assertThatThrownBy(() -> PhotoEventJson.fromEnvelope(envelope))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'source' must be printshop.photos");
    }

    @Test
    void unknownType_isRefused() {
        assertThatThrownBy(() -> read("PhotoPrinted", PhotoEventJson.toDetail(PhotoEventExamples.REMOVED)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail-type' must be PhotoResized, PhotoRejected or PhotoRemoved");
    }

    private static PhotoEvent read(String detailType, Map<String, Object> detail) {
        String envelope =
                JsonObject.write(Map.of("source", PhotoEvent.SOURCE, "detail-type", detailType, "detail", detail));
        return PhotoEventJson.fromEnvelope(JsonObject.parse(envelope));
    }
}
