package dev.printshop.parcels.domain;

import dev.printshop.shared.messages.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All hubs: reference data in the package, read once. Coordinates are those of the airports (OurAirports). A closed hub
 * stays in the list, marked {@code closed}, because stored parcels refer to it.
 */
public final class Hubs {

    private static final Hubs ALL = new Hubs(read("hubs.csv"));

    private final Map<String, Hub> byCode;

    private Hubs(Map<String, Hub> byCode) {
        this.byCode = byCode;
    }

    /** The hubs of the package. */
    public static Hubs all() {
        return ALL;
    }

    /** The hub with a code, if there is one. */
    public Optional<Hub> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /**
     * The hub with a code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Hub get(String code) {
        return find(code)
                .orElseThrow(() -> new IllegalArgumentException(
                        "hubCode must be one of %s, but is %s".formatted(byCode.keySet(), Quoted.value(code))));
    }

    /**
     * The hub of stored data, which must be readable even if the hub is no longer in the list.
     *
     * @return a hub with this code, whose other data may be unknown
     */
    public Hub stored(String code) {
        return find(code).orElseGet(() -> Hub.unknown(code));
    }

    /** All of them, by their code, also those that are closed. */
    public Collection<Hub> list() {
        return byCode.values();
    }

    private static Map<String, Hub> read(String resource) {
        try (InputStream file = Hubs.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("The package lacks " + resource);
            }
            Map<String, Hub> hubs = new TreeMap<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        Hub hub = parse(line);
                        hubs.put(hub.code(), hub);
                    });
            return hubs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Hub parse(String line) {
        String[] columns = line.split(",", -1);
        return new Hub(
                columns[0],
                columns[1],
                columns[2],
                Double.parseDouble(columns[3]),
                Double.parseDouble(columns[4]),
                ZoneId.of(columns[5]),
                isOpen(columns[6]));
    }

    private static boolean isOpen(String state) {
        return switch (state) {
            case "open" -> true;
            case "closed" -> false;
            default -> throw new IllegalStateException("A hub must be open or closed, but is " + state);
        };
    }
}
