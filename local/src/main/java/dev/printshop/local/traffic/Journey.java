package dev.printshop.local.traffic;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A generated parcel: its plan, and all of its scans.
 *
 * @param parcelId the parcel
 * @param fate its scenario
 * @param route where it is to pass
 * @param promisedAt when it is to be delivered
 * @param scans its scans, oldest first
 */
public record Journey(String parcelId, Fate fate, List<Stop> route, Instant promisedAt, List<GeneratedScan> scans) {

    /** Lowest temperature in °C that every generated parcel tolerates. */
    public static final double MIN_TEMPERATURE = -5;

    /** Highest temperature in °C that every generated parcel tolerates. */
    public static final double MAX_TEMPERATURE = 30;

    /** Strongest shock in g that every generated parcel tolerates. */
    public static final double MAX_SHOCK = 5;

    /** Highest humidity in percent that every generated parcel tolerates. */
    public static final double MAX_HUMIDITY = 80;

    /**
     * One stop of the route.
     *
     * @param hubCode where
     * @param plannedAt when the parcel is to arrive
     */
    public record Stop(String hubCode, Instant plannedAt) {}

    /**
     * One scan.
     *
     * @param scanId unique for its parcel
     * @param parcelId the parcel
     * @param hubCode where
     * @param kind what happened
     * @param scannedAt when
     * @param temperatureCelsius what was measured
     */
    public record GeneratedScan(
            String scanId, String parcelId, String hubCode, String kind, Instant scannedAt, double temperatureCelsius) {

        /** The scan in the form of a scanner's request. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("scanId", scanId);
            json.put("parcelId", parcelId);
            json.put("hubCode", hubCode);
            json.put("kind", kind);
            json.put("scannedAt", scannedAt.toString());
            json.put(
                    "condition",
                    Map.of("temperatureCelsius", temperatureCelsius, "shockG", 0.5, "humidityPercent", 45));
            return json;
        }
    }

    public Journey {
        route = List.copyOf(route);
        scans = List.copyOf(scans);
    }

    /** The detail of the event ParcelDispatched, with which the order system announces the parcel. */
    public Map<String, Object> dispatched() {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", 1);
        detail.put("parcelId", parcelId);
        detail.put("orderId", "order-of-" + parcelId);
        detail.put(
                "route",
                route.stream()
                        .map(stop -> Map.of(
                                "hubCode",
                                stop.hubCode(),
                                "plannedAt",
                                stop.plannedAt().toString()))
                        .toList());
        detail.put("promisedAt", promisedAt.toString());
        detail.put(
                "conditionLimits",
                Map.of(
                        "minTemperatureCelsius", MIN_TEMPERATURE,
                        "maxTemperatureCelsius", MAX_TEMPERATURE,
                        "maxShockG", MAX_SHOCK,
                        "maxHumidityPercent", MAX_HUMIDITY));
        return detail;
    }
}
