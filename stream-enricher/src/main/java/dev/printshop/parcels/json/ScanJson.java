package dev.printshop.parcels.json;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanRules;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One scan as JSON: in a request, and in the stream, where it also has the time of its receipt. */
public final class ScanJson {

    /** The field of a record that a request doesn't have. */
    public static final String RECEIVED_AT = "receivedAt";

    private ScanJson() {}

    /**
     * Reads a record of the stream and checks it.
     *
     * @param data the record's data in UTF-8; the buffer is not changed
     * @param arrivedAt when the record came into the stream
     * @throws IllegalArgumentException names the field, the expected and the actual value
     */
    public static Scan read(ByteBuffer data, Instant arrivedAt) {
        JsonObject json = JsonObject.parse(data);
        Scan scan = scan(json);
        ScanRules.requireAccepted(scan, claimedReceipt(json), arrivedAt);
        return scan;
    }

    /**
     * Reads a scan of a request and checks it. A time of receipt in the request is ignored.
     *
     * @param receivedAt when the request came in
     * @throws IllegalArgumentException names the field, the expected and the actual value
     */
    public static Scan read(JsonObject json, Instant receivedAt) {
        Scan scan = scan(json);
        ScanRules.requireAcceptable(scan, receivedAt);
        return scan;
    }

    private static Scan scan(JsonObject json) {
        return new Scan(
                json.text("scanId"),
                new ParcelId(json.text("parcelId")),
                Hubs.all().get(json.text("hubCode")),
                kind(json.text("kind")),
                json.instant("scannedAt"),
                json.has("condition") ? condition(json.object("condition")) : Condition.UNKNOWN);
    }

    /** CollectScans writes an instant, AWS IoT milliseconds; any other value counts as missing. */
    private static Optional<Instant> claimedReceipt(JsonObject json) {
        if (!json.has(RECEIVED_AT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.instant(RECEIVED_AT));
        } catch (InvalidJsonException _) {
            return claimedReceiptInMillis(json);
        }
    }

    private static Optional<Instant> claimedReceiptInMillis(JsonObject json) {
        try {
            return Optional.of(Instant.ofEpochMilli(json.number(RECEIVED_AT)));
        } catch (InvalidJsonException _) {
            return Optional.empty();
        }
    }

    /** Writes a scan as a request has it. */
    public static Map<String, Object> write(Scan scan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scanId", scan.scanId());
        json.put("parcelId", scan.parcel().value());
        json.put("hubCode", scan.hub().code());
        json.put("kind", scan.kind().name());
        json.put("scannedAt", scan.scannedAt().toString());
        json.put("condition", write(scan.condition()));
        return json;
    }

    /**
     * Writes a scan as a record of the stream has it.
     *
     * @param receivedAt when its entry point received it; its age is measured at this time
     */
    public static Map<String, Object> write(Scan scan, Instant receivedAt) {
        Map<String, Object> json = write(scan);
        json.put(RECEIVED_AT, receivedAt.toString());
        return json;
    }

    private static Map<String, Object> write(Condition condition) {
        Map<String, Object> json = new LinkedHashMap<>();
        condition.temperatureCelsius().ifPresent(celsius -> json.put("temperatureCelsius", celsius));
        condition.shockG().ifPresent(g -> json.put("shockG", g));
        condition.humidityPercent().ifPresent(percent -> json.put("humidityPercent", percent));
        return json;
    }

    private static ScanKind kind(String name) {
        if (ScanKind.of(name) instanceof ScanKind.Known known) {
            return known;
        }
        throw new InvalidJsonException(
                "Field 'kind' must be one of %s".formatted(Arrays.toString(ScanKind.Known.values())));
    }

    private static Condition condition(JsonObject json) {
        return new Condition(
                measured(json, "temperatureCelsius"), measured(json, "shockG"), measured(json, "humidityPercent"));
    }

    private static OptionalDouble measured(JsonObject json, String name) {
        return json.has(name) ? OptionalDouble.of(json.decimal(name)) : OptionalDouble.empty();
    }
}
