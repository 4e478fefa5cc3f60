package dev.printshop.parcels.json;

import dev.printshop.parcels.domain.HubTally;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A hub's tally as JSON: the state of a window. */
public final class HubTallyJson {

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
}
