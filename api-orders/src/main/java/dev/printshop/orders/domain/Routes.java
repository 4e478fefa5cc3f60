package dev.printshop.orders.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The route to each country of delivery: reference data in the package, read once. */
public final class Routes {

    private static final Map<String, Route> BY_COUNTRY = read();

    private Routes() {}

    /**
     * The route to a country.
     *
     * @param country the ISO 3166-1 alpha-2 code
     * @throws IllegalArgumentException when orders aren't delivered there
     */
    public static Route to(String country) {
        return Optional.ofNullable(BY_COUNTRY.get(country))
                .orElseThrow(() -> new IllegalArgumentException(
                        "country must be one of %s, but is %s".formatted(BY_COUNTRY.keySet(), country)));
    }

    /** All routes, by country. */
    public static Map<String, Route> byCountry() {
        return Map.copyOf(BY_COUNTRY);
    }

    private static Map<String, Route> read() {
        Map<String, Route> routes = new TreeMap<>();
        for (String[] row : CsvResource.rows("routes.csv")) {
            routes.put(row[0], new Route(legs(row[1].split(" "), row[2].split(" ")), hours(row[3])));
        }
        return routes;
    }

    private static List<Route.Leg> legs(String[] hubs, String[] hours) {
        List<Route.Leg> legs = new ArrayList<>();
        for (int i = 0; i < hubs.length; i++) {
            legs.add(new Route.Leg(hubs[i], hours(hours[i])));
        }
        return legs;
    }

    private static Duration hours(String number) {
        return Duration.ofHours(Long.parseLong(number));
    }
}
