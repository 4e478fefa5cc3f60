package dev.printshop.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents that fit a schema are read, and others are refused with the field's name. They are generated from the
 * schemas. Each module with events has a subclass.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SchemaAgreementContract {

    private static final int DOCUMENTS = 300;
    private static final int BROKEN_DOCUMENTS = 5;

    private final Predicate<SchemaDocuments> own;
    private final Map<String, Function<JsonObject, Map<String, Object>>> readAndWritten;

    /**
     * The events of a module.
     *
     * @param own whether a schema is that of one of them
     * @param readAndWritten for each event, how it is read from its envelope, and written again as a detail
     */
    protected SchemaAgreementContract(
            Predicate<SchemaDocuments> own, Map<String, Function<JsonObject, Map<String, Object>>> readAndWritten) {
        this.own = own;
        this.readAndWritten = readAndWritten;
    }

    /** A valid document of a schema; also one that keeps the rules that the schema can't express. */
    protected Map<String, Object> validDocument(SchemaDocuments schema) {
        return schema.valid();
    }

    List<SchemaDocuments> schemas() {
        return SchemaDocuments.all(9).stream().filter(own).toList();
    }

    @Test
    void eachSchema_hasItsReader() {
        assertThat(schemas())
                .extracting(SchemaDocuments::title)
                .containsExactlyInAnyOrderElementsOf(readAndWritten.keySet());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void whatFitsASchema_isRead_andFitsItAgainWhenItIsWritten(SchemaDocuments schema) {
        for (int i = 0; i < DOCUMENTS; i++) {
            Map<String, Object> document = validDocument(schema);
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
            Map<String, Object> valid = validDocument(schema);
            assertThat(schema.violations(valid)).isNotEmpty().allSatisfy(violation -> {
                assertThat(schema.fits(violation.document())).as("fits").isFalse();
                assertThatThrownBy(() -> readAndWritten(schema, violation.document()))
                        .isInstanceOf(InvalidJsonException.class)
                        .hasMessageContaining(violation.field());
            });
        }
    }

    private Map<String, Object> readAndWritten(SchemaDocuments schema, Map<String, Object> document) {
        Function<JsonObject, Map<String, Object>> reader = readAndWritten.get(schema.title());
        if (reader == null) {
            throw new AssertionError("No reader of " + schema.title());
        }
        return reader.apply(JsonObject.parse(JsonObject.write(
                Map.of("source", schema.source(), "detail-type", schema.title(), "detail", document))));
    }
}
