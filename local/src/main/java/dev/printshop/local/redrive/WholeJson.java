package dev.printshop.local.redrive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and writes a document that is one JSON object. Jackson alone ignores what follows the first value. */
final class WholeJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private WholeJson() {}

    /** The object's fields; empty when the document is not an object. */
    static Optional<Map<String, Object>> object(byte[] document) {
        try (JsonParser parser = FACTORY.createParser(document)) {
            if (JSON.std.anyFrom(parser) instanceof Map<?, ?> fields && parser.nextToken() == null) {
                Map<String, Object> copy = new LinkedHashMap<>();
                fields.forEach((name, value) -> copy.put(String.valueOf(name), value));
                return Optional.of(copy);
            }
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static String write(Map<?, ?> object) {
        try {
            return WRITER.asString(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
