package dev.printshop.events.photos.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoEventExamples;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Binds the schemas, which others read, to what the code writes and reads. */
class PhotoEventSchemaTest {

    private static final String EXAMPLES = "dev.printshop.events.photos.PhotoEventExamples#all";
    private static final Path SCHEMAS = Path.of("..", "..", "events", "schemas");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void writtenEvent_fitsTheSchema(PhotoEvent event) {
        assertThat(violations(event.detailType(), PhotoEventJson.toDetail(event)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void schema_describesExactlyTheWrittenFields(PhotoEvent event) {
        // given
        JsonNode schema = schema(event.detailType()).getSchemaNode();

        // then, with the publisher's field for the log
        assertThat(schema.get("properties").propertyNames())
                .filteredOn(name -> !name.equals("correlationId"))
                .containsExactlyElementsOf(PhotoEventJson.toDetail(event).keySet());
        assertThat(schema.get("title").asString()).isEqualTo(event.detailType());
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void schema_requiresEveryFieldThatTheReaderRequires(PhotoEvent event) {
        Map<String, Object> complete = PhotoEventJson.toDetail(event);
        for (String field : complete.keySet()) {
            // given
            Map<String, Object> detail = new LinkedHashMap<>(complete);
            detail.remove(field);

            // then
            assertThat(violations(event.detailType(), detail))
                    .as("violations without %s", field)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void additionsOfALaterVersion_fitTheSchema(PhotoEvent event) {
        // given
        Map<String, Object> later = new LinkedHashMap<>(PhotoEventJson.toDetail(event));
        later.put("schemaVersion", PhotoEvent.SCHEMA_VERSION + 1);
        later.put("camera", Map.of("maker", "Leica"));

        // then
        assertThat(violations(event.detailType(), later)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "owner, anna/ben",
        "photoId, #profile",
        "version, 12",
        "uploadedAt, 2026-11-23",
        "uploadedAt, 2026-11-23T10:15:30+01:00",
        "width, wide",
        "variants, none"
    })
    void wrongValue_violatesTheSchema(String field, String value) {
        // given
        Map<String, Object> detail = new LinkedHashMap<>(PhotoEventJson.toDetail(PhotoEventExamples.RESIZED));
        detail.put(field, value);

        // then
        assertThat(violations("PhotoResized", detail)).isNotEmpty();
    }

    /** Schema and reader accept the same ids; both count code points. */
    @ParameterizedTest
    @MethodSource("ids")
    void id_fitsTheSchemaIfAndOnlyIfItIsRead(String id) {
        // given
        Map<String, Object> detail = new LinkedHashMap<>(PhotoEventJson.toDetail(PhotoEventExamples.REMOVED));
        detail.put("photoId", id);

        // then
        assertThat(violations("PhotoRemoved", detail).isEmpty()).isEqualTo(isRead(detail));
    }

    static Stream<String> ids() {
        Random random = new Random(11);
        List<String> pieces = List.of(
                "a",
                "7",
                ".",
                " ",
                "_",
                "(",
                "@",
                "~",
                "/",
                "#",
                "\n",
                "\u0301",
                "\u0935\u0940",
                "\u0663",
                "\u00B2",
                "\u200D",
                "\uD840\uDC00",
                "\uD83D\uDE00",
                "\u0E35",
                "0123456789abcdef");
        Stream<String> drawn = Stream.generate(() -> Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
                        .limit(random.nextInt(6))
                        .collect(Collectors.joining()))
                .limit(500);
        Stream<String> edges = Stream.of(
                "",
                ".",
                "..",
                "...",
                ".\n",
                "cat.jpg\n",
                "cat.jpg",
                "cat~0123456789abcdef",
                "~0123456789abcdef",
                "~0123456789abcdef\n",
                "a".repeat(128),
                "a".repeat(129),
                "\uD840\uDC00".repeat(128),
                "\uD840\uDC00".repeat(129),
                "a".repeat(100) + "~0123456789abcdef",
                "a".repeat(101) + "~0123456789abcdef");
        return Stream.concat(edges, drawn);
    }

    private static boolean isRead(Map<String, Object> detail) {
        try {
            PhotoEventJson.fromEnvelope(JsonObject.of(
                    Map.of("source", PhotoEvent.SOURCE, "detail-type", "PhotoRemoved", "detail", detail)));
            return true;
        } catch (InvalidJsonException _) {
            return false;
        }
    }

    @Test
    void variantWithoutKey_violatesTheSchema() {
        // given
        Map<String, Object> detail = new LinkedHashMap<>(PhotoEventJson.toDetail(PhotoEventExamples.RESIZED));
        detail.put(
                "variants",
                List.of(Map.of(
                        "name", "large", "width", 1280, "height", 960, "bytes", 9, "contentType", "image/jpeg")));

        // then
        assertThat(violations("PhotoResized", detail)).hasSize(1);
    }

    private static List<Error> violations(String detailType, Map<String, Object> detail) {
        return schema(detailType).validate(JsonObject.write(detail), InputFormat.JSON);
    }

    private static Schema schema(String detailType) {
        try {
            return REGISTRY.getSchema(Files.readString(SCHEMAS.resolve(detailType + ".json")), InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError("Every event has a schema, %s hasn't".formatted(detailType), e);
        }
    }
}
