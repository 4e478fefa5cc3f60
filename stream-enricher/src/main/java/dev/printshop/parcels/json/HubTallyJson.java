package dev.printshop.parcels.json;

import dev.printshop.parcels.domain.HubTally;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A hub's tally as JSON: as the state of a window, and as metrics. */
public final class HubTallyJson {

    /** The greatest number of values of a metric in one log line. */
    private static final int MAX_VALUES = 100;

    private HubTallyJson() {}

    /** Writes a tally in compact form, because the state of a window is limited to a megabyte. */
    public static String write(HubTally tally) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("parcelsIn", tally.parcelsIn());
        json.put("parcelsOut", tally.parcelsOut());
        json.put("delayMinutes", List.copyOf(tally.delays().keySet()));
        json.put("scans", List.copyOf(tally.delays().values()));
        return JsonObject.write(json);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws InvalidJsonException when it is something else
     */
    public static HubTally read(String text) {
        JsonObject json = JsonObject.parse(text);
        List<Integer> minutes = json.integers("delayMinutes");
        List<Integer> scans = json.integers("scans");
        if (minutes.size() != scans.size()) {
            throw new InvalidJsonException(
                    "Fields 'delayMinutes' and 'scans' must be of the same length, but have %d and %d values"
                            .formatted(minutes.size(), scans.size()));
        }
        SortedMap<Integer, Integer> delays = new TreeMap<>();
        for (int i = 0; i < minutes.size(); i++) {
            delays.put(minutes.get(i), scans.get(i));
        }
        return new HubTally(json.integer("parcelsIn"), json.integer("parcelsOut"), delays);
    }

    /**
     * Writes a tally as a log line from which CloudWatch extracts metrics: ParcelsIn, ParcelsOut and DelayMinutes, with
     * the dimension hub. CloudWatch aggregates the values of several shards. Without delays, there is no metric
     * DelayMinutes.
     *
     * @param namespace the metrics' namespace
     * @param minute the timestamp of the metrics
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
     *     metric format</a>
     */
    public static String metrics(String namespace, Instant minute, String hubCode, HubTally tally) {
        List<Map<String, String>> metrics = new ArrayList<>(List.of(metric("ParcelsIn"), metric("ParcelsOut")));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("hub", hubCode);
        values.put("ParcelsIn", tally.parcelsIn());
        values.put("ParcelsOut", tally.parcelsOut());
        if (!tally.delays().isEmpty()) {
            metrics.add(Map.of("Name", "DelayMinutes"));
            values.put("DelayMinutes", tally.sampleOfDelays(MAX_VALUES));
        }
        Map<String, Object> directive =
                Map.of("Namespace", namespace, "Dimensions", List.of(List.of("hub")), "Metrics", metrics);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("_aws", Map.of("Timestamp", minute.toEpochMilli(), "CloudWatchMetrics", List.of(directive)));
        json.putAll(values);
        return JsonObject.write(json);
    }

    private static Map<String, String> metric(String name) {
        return Map.of("Name", name, "Unit", "Count");
    }
}
