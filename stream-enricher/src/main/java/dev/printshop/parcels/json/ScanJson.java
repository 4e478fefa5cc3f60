package dev.printshop.parcels.json;

import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanRules;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** One scan as JSON, the same in a request, in the stream, and from a device. */
public final class ScanJson {

    private ScanJson() {}

    /**
     * Reads a record of the stream and checks it.
     *
     * @param data the record's, UTF-8; stays as it is
     * @param arrivedAt when the record came into the stream: measured against that, it is judged the same however
     *     often it is brought
     * @throws IllegalArgumentException names the field, what is expected of it and what came
     */
    public static Scan read(ByteBuffer data, Instant arrivedAt) {
        return read(JsonObject.parse(data), arrivedAt);
    }

    /**
     * Reads a scan and checks it.
     *
     * @param receivedAt when it came in, which {@link ScanRules} measures its time against
     * @throws IllegalArgumentException names the field, what is expected of it and what came
     */
    public static Scan read(JsonObject json, Instant receivedAt) {
        Scan scan = new Scan(
                json.text("scanId"),
                new ParcelId(json.text("parcelId")),
                Hubs.all().get(json.text("hubCode")),
                kind(json.text("kind")),
                json.instant("scannedAt").truncatedTo(ChronoUnit.MILLIS),
                json.has("condition") ? condition(json.object("condition")) : Condition.UNKNOWN);
        ScanRules.require(scan, receivedAt);
        return scan;
    }

    /** Writes a scan as {@link #read} reads it. */
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
