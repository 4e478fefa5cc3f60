package dev.printshop.orders.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reference data in the package: a table of values without commas, comments that begin with #, and a head. */
final class CsvResource {

    private CsvResource() {}

    /** The rows below the head. */
    static List<String[]> rows(String resource) {
        try (InputStream file = CsvResource.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("The package lacks " + resource);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
