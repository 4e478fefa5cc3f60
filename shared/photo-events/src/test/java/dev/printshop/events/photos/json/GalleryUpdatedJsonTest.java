package dev.printshop.events.photos.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoEventExamples;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binds what is written, what is read and the schema. */
class GalleryUpdatedJsonTest {

    private static final GalleryUpdated EVENT =
            new GalleryUpdated(PhotoEventExamples.PHOTO, PhotoEventExamples.VERSION);

    @Test
    void whatIsWritten_fitsTheSchemaAndIsReadAgain() throws IOException {
        Map<String, Object> detail = GalleryUpdatedJson.toDetail(EVENT);

        assertThat(violations(detail)).isEmpty();
        assertThat(read(detail)).isEqualTo(EVENT);
    }

    @Test
    void whatALaterVersionAdds_fitsTheSchemaAndIsIgnored() throws IOException {
        Map<String, Object> later = new LinkedHashMap<>(GalleryUpdatedJson.toDetail(EVENT));
        later.put("schemaVersion", GalleryUpdated.SCHEMA_VERSION + 1);
        later.put("album", "2026");

        assertThat(violations(later)).isEmpty();
        assertThat(read(later)).isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"schemaVersion", "owner", "photoId", "version"})
    void eventThatLacksAField_isRefusedWithTheFieldsName(String field) throws IOException {
        Map<String, Object> detail = new LinkedHashMap<>(GalleryUpdatedJson.toDetail(EVENT));
        detail.remove(field);

        assertThat(violations(detail)).hasSize(1);
        assertThatThrownBy(() -> read(detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.%s' is missing", field);
    }

    @Test
    void eventWithAWrongValue_isRefused() throws IOException {
        Map<String, Object> detail = new LinkedHashMap<>(GalleryUpdatedJson.toDetail(EVENT));
        detail.put("photoId", "#profile");

        assertThat(violations(detail)).isNotEmpty();
        assertThatThrownBy(() -> read(detail))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("Field 'detail' is wrong: photoId must be");

        detail.put("schemaVersion", 0);
        assertThatThrownBy(() -> read(detail)).hasMessageContaining("must be at least 1");
    }

    private static GalleryUpdated read(Map<String, Object> detail) {
        return GalleryUpdatedJson.fromEnvelope(JsonObject.of(Map.of("detail", detail)));
    }

    private static List<Error> violations(Map<String, Object> detail) throws IOException {
        String schema = Files.readString(Path.of("..", "..", "events", "schemas", "GalleryUpdated.json"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(JsonObject.write(detail), InputFormat.JSON);
    }
}
