package dev.printshop.parcels.json;

import dev.printshop.parcels.domain.Hub;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanRules;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A request with many scans, and its response. */
public final class ScansJson {

    /** The greatest number of scans in a request. */
    public static final int MAX_SCANS = 100;

    /** One element of the request. */
    public sealed interface Entry {

        /** A valid scan for the stream. */
        record Good(Scan scan) implements Entry {}

        /**
         * An element that is no scan, or a scan that violates a rule.
         *
         * @param scanId its id, if it has a readable one
         * @param reason for its sender
         */
        record Bad(Optional<String> scanId, String reason) implements Entry {}
    }

    private ScansJson() {}

    /**
     * Reads {@code {"scans": [...]}}, each scan on its own.
     *
     * @param sender the hub whose scanner sends the request; scans of other hubs are rejected
     * @param receivedAt when the request came in
     * @throws InvalidJsonException when there are no scans, or too many
     */
    public static List<Entry> read(JsonObject body, Hub sender, Instant receivedAt) {
        List<?> scans = body.values("scans");
        if (scans.isEmpty() || scans.size() > MAX_SCANS) {
            throw new InvalidJsonException(
                    "Field 'scans' must hold 1 to %d scans, but holds %d".formatted(MAX_SCANS, scans.size()));
        }
        Map<Scan.Place, Scan> before = new HashMap<>();
        return scans.stream()
                .map(scan -> withoutContradiction(entry(scan, sender, receivedAt), before))
                .toList();
    }

    /**
     * Rejects a scan with the same place as an earlier one in the request and different content: only one of them can
     * be in the history. Duplicates of the same scan are accepted.
     */
    private static Entry withoutContradiction(Entry entry, Map<Scan.Place, Scan> before) {
        if (entry instanceof Entry.Good(Scan scan)) {
            Scan first = before.putIfAbsent(scan.place(), scan);
            if (first != null && !first.equals(scan)) {
                return new Entry.Bad(
                        Optional.of(scan.scanId()),
                        "Another scan before it in the request has the same parcelId, scanId and scannedAt, but other"
                                + " content");
            }
        }
        return entry;
    }

    /**
     * Writes the result of each entry: {@code {"results": [{"scanId", "status", "reason"}]}}, in their order. The
     * status is ACCEPTED, REJECTED, or RETRY for entries to be sent again; ACCEPTED has no reason. An entry without a
     * readable id is identified by its index, from 0.
     *
     * @param outcomes the outcomes of the valid ones, in their order
     */
    public static Map<String, Object> write(List<Entry> entries, List<Outcome> outcomes) {
        List<Outcome> remaining = new ArrayList<>(outcomes);
        return Map.of(
                "results",
                IntStream.range(0, entries.size())
                        .mapToObj(index -> switch (entries.get(index)) {
                            case Entry.Good(Scan scan) -> result(scan.scanId(), remaining.removeFirst());
                            case Entry.Bad bad -> rejection(index, bad);
                        })
                        .toList());
    }

    private static Entry entry(@Nullable Object value, Hub sender, Instant receivedAt) {
        if (!(value instanceof Map<?, ?> fields)) {
            return new Entry.Bad(Optional.empty(), "A scan must be a JSON object");
        }
        try {
            Scan scan = ScanJson.read(JsonObject.of(fields), receivedAt);
            return scan.hub().equals(sender)
                    ? new Entry.Good(scan)
                    : new Entry.Bad(
                            Optional.of(scan.scanId()),
                            "hubCode must be %s, the hub of the API key, but is %s"
                                    .formatted(sender.code(), scan.hub().code()));
        } catch (IllegalArgumentException e) {
            return new Entry.Bad(scanId(fields), String.valueOf(e.getMessage()));
        }
    }

    /** Its id, if it has a valid form; any other value is not repeated. */
    private static Optional<String> scanId(Map<?, ?> fields) {
        return fields.get("scanId") instanceof String id && ScanRules.isScanId(id) ? Optional.of(id) : Optional.empty();
    }

    private static Map<String, Object> result(String scanId, Outcome outcome) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("scanId", scanId);
        switch (outcome) {
            case Outcome.Put _ -> result.put("status", "ACCEPTED");
            case Outcome.Throttled _ -> {
                result.put("status", "RETRY");
                result.put("reason", "There was no capacity left for it, or for an earlier scan of its parcel");
            }
            case Outcome.Failed _ -> {
                result.put("status", "RETRY");
                result.put("reason", "It could not be taken, or an earlier scan of its parcel could not");
            }
        }
        return result;
    }

    private static Map<String, Object> rejection(int index, Entry.Bad bad) {
        Map<String, Object> result = new LinkedHashMap<>();
        bad.scanId().ifPresentOrElse(id -> result.put("scanId", id), () -> result.put("index", index));
        result.put("status", "REJECTED");
        result.put("reason", bad.reason());
        return result;
    }
}
