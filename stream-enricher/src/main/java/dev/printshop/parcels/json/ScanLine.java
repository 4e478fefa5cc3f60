package dev.printshop.parcels.json;

import dev.printshop.parcels.domain.Hub;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.shared.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One scan with the data of its hub as a line of the data lake. Line and keys depend only on the scan: a duplicate
 * gives the same line under the same keys, so that a query can deduplicate it.
 *
 * <p>The fields are the columns of the table in the data catalog, hence flat and in SQL's style.
 */
public final class ScanLine {

    private ScanLine() {}

    /** The line, with its end. */
    public static String write(Scan scan) {
        return JsonObject.write(fields(scan)) + "\n";
    }

    /** The fields of the line: texts, and decimal numbers. Missing measurements are omitted. */
    public static Map<String, Object> fields(Scan scan) {
        Hub hub = scan.hub();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scan_id", scan.scanId());
        fields.put("parcel_id", scan.parcel().value());
        fields.put("kind", scan.kind().name());
        fields.put("scanned_at", scan.scannedAt().toString());
        fields.put(
                "local_time",
                scan.scannedAt().atZone(hub.zone()).toOffsetDateTime().toString());
        scan.condition().temperatureCelsius().ifPresent(celsius -> fields.put("temperature_celsius", celsius));
        scan.condition().shockG().ifPresent(g -> fields.put("shock_g", g));
        scan.condition().humidityPercent().ifPresent(percent -> fields.put("humidity_percent", percent));
        fields.put("hub_code", hub.code());
        fields.put("city", hub.city());
        fields.put("country", hub.country());
        fields.put("latitude", hub.latitude());
        fields.put("longitude", hub.longitude());
        fields.put("time_zone", hub.zone().getId());
        return fields;
    }

    /** The partition keys, in this order: the day in UTC, and the hub. */
    public static Map<String, String> partitionKeys(Scan scan) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("day", LocalDate.ofInstant(scan.scannedAt(), ZoneOffset.UTC).toString());
        keys.put("hub", scan.hub().code());
        return keys;
    }
}
