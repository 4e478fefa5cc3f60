package dev.printshop.orders.domain;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All products: reference data in the package, read once. Prices come from here, never from a request. */
public final class Catalogue {

    private static final Catalogue ALL = new Catalogue();

    private final Map<String, Product> byId = new LinkedHashMap<>();

    private Catalogue() {
        for (String[] row : CsvResource.rows("products.csv")) {
            byId.put(
                    row[0],
                    new Product(row[0], row[1], Money.euroCents(Long.parseLong(row[2])), WeightClass.valueOf(row[3])));
        }
    }

    /** The products of the package. */
    public static Catalogue all() {
        return ALL;
    }

    /** The product with an id, if there is one. */
    public Optional<Product> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, in the order in which customers are shown them. */
    public Collection<Product> list() {
        return byId.values();
    }
}
