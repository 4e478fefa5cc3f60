package dev.printshop.events.parcels.json;

import static java.util.Objects.requireNonNull;

import dev.printshop.events.parcels.Thousandths;
import dev.printshop.shared.json.SchemaDocuments;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules of a plan that a schema can't express: ascending times, different hubs, and limits with a range between
 * them.
 */
public final class PlannedRoute {

    private static final String LEAST = "minTemperatureCelsius";
    private static final String MOST = "maxTemperatureCelsius";

    private PlannedRoute() {}

    /**
     * A valid document; a plan makes sense, too.
     *
     * @param hubs the codes that a plan may have; those that it has already when there are none
     */
    public static Map<String, Object> orderly(SchemaDocuments schema, List<String> hubs) {
        if (!schema.title().equals("ParcelDispatched")) {
            return schema.valid();
        }
        return Stream.generate(schema::valid)
                .peek(plan -> putInOrder(plan, schema, hubs))
                .filter(plan -> objects(plan, "route").size() > 1)
                .findFirst()
                .orElseThrow();
    }

    private static void putInOrder(Map<String, Object> plan, SchemaDocuments schema, List<String> hubs) {
        TreeMap<Instant, Object> times = new TreeMap<>();
        List<String> codes = new ArrayList<>(hubs);
        LinkedHashSet<String> generated = new LinkedHashSet<>();
        for (Map<String, Object> stop : objects(plan, "route")) {
            times.put(millis(stop, "plannedAt"), requireNonNull(stop.get("plannedAt")));
            generated.add(String.valueOf(stop.get("hubCode")));
        }
        times.put(millis(plan, "promisedAt"), requireNonNull(plan.get("promisedAt")));
        Collections.shuffle(codes, schema.random());
        if (codes.isEmpty()) {
            codes.addAll(generated);
        }
        List<Object> inOrder = List.copyOf(times.values());
        List<Map<String, Object>> route = new ArrayList<>();
        for (int stop = 0; stop < Math.min(codes.size(), inOrder.size()) && stop < generated.size(); stop++) {
            route.add(new LinkedHashMap<>(Map.of("hubCode", codes.get(stop), "plannedAt", inOrder.get(stop))));
        }
        plan.put("route", route);
        plan.put("promisedAt", inOrder.getLast());
        Map<String, Object> limits = object(plan, "conditionLimits");
        double one = ((Number) requireNonNull(limits.get(LEAST))).doubleValue();
        double other = ((Number) requireNonNull(limits.get(MOST))).doubleValue();
        boolean apart = Thousandths.round(one) != Thousandths.round(other);
        limits.put(LEAST, apart ? Math.min(one, other) : -100);
        limits.put(MOST, apart ? Math.max(one, other) : 100);
    }

    private static Instant millis(Map<String, Object> json, String name) {
        return Instant.parse(String.valueOf(json.get(name))).truncatedTo(ChronoUnit.MILLIS);
    }

    @SuppressWarnings("unchecked") // so the schema has it
    private static List<Map<String, Object>> objects(Map<String, Object> json, String name) {
        return (List<Map<String, Object>>) requireNonNull(json.get(name));
    }

    @SuppressWarnings("unchecked") // so the schema has it
    private static Map<String, Object> object(Map<String, Object> json, String name) {
        return (Map<String, Object>) requireNonNull(json.get(name));
    }
}
