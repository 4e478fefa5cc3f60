package dev.printshop.parcels.json;

import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.DelayPolicy;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelPlan;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.TrackedParcel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A parcel in the recipient's view. Every field is always present, and null when it is not known. */
public final class TrackingJson {

    private TrackingJson() {}

    /**
     * Writes a parcel, as it stands at the time of the request.
     *
     * <ul>
     *   <li>{@code parcelId}
     *   <li>{@code status}: a {@link dev.printshop.parcels.domain.ParcelStatus}
     *   <li>{@code progressPercent}: the completed part of the route, 0 to 100; null without a plan
     *   <li>{@code delayMinutes}: how late it is now, in whole minutes, 0 when it is in time; null without a plan
     *   <li>{@code promisedAt}: an instant; null without a plan
     *   <li>{@code projectedArrival}: an instant; for a parcel that is not delivered, now or later; for one that is,
     *       when it was; null without a plan
     *   <li>{@code condition}: null when there is no measurement, otherwise
     *       <ul>
     *         <li>{@code measuredAt}: when the latest scan with a measurement was taken
     *         <li>{@code temperatureCelsius}, {@code shockG}, {@code humidityPercent}: the measurements; null for a
     *             missing one
     *         <li>{@code withinLimits}: whether the measurements are within the parcel's limits; null without a plan
     *         <li>{@code breaches}: which limits were exceeded so far, as {@link
     *             dev.printshop.events.parcels.ParcelConditionBreached.Breach}; null without a plan
     *       </ul>
     *   <li>{@code lastScan}: the latest scan; null before the first
     *   <li>{@code history}: the newest scans, at most {@value TrackedParcel#MAX_SCANS}, oldest first, each
     *       {@code {scanId, hubCode, city, kind, scannedAt}}
     *   <li>{@code nextCursor}: the cursor for older scans; null when there are none
     * </ul>
     *
     * <p>The condition is that of the latest scan with a measurement among those of {@code history}.
     *
     * @param now the time of the request
     */
    public static Map<String, ?> write(TrackedParcel tracked, Instant now) {
        Parcel parcel = tracked.parcel();
        boolean progressKnown = parcel.plan().isPresent() || parcel.delivery().isPresent();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("parcelId", parcel.id().value());
        json.put("status", parcel.status().map(Enum::name).orElse(null));
        json.put("progressPercent", progressKnown ? parcel.progressPercent() : null);
        json.put(
                "delayMinutes",
                DelayPolicy.currentDelay(parcel).map(Duration::toMinutes).orElse(null));
        json.put(
                "promisedAt",
                parcel.plan().map(plan -> plan.promisedAt().toString()).orElse(null));
        json.put(
                "projectedArrival",
                DelayPolicy.projectedArrivalAsOf(parcel, now)
                        .map(Object::toString)
                        .orElse(null));
        json.put(
                "condition",
                latestMeasurement(tracked.history())
                        .map(scan -> condition(scan, parcel))
                        .orElse(null));
        json.put(
                "lastScan",
                parcel.latestScans().stream()
                        .findFirst()
                        .map(TrackingJson::scan)
                        .orElse(null));
        putHistory(json, tracked);
        return json;
    }

    /**
     * Writes older scans of a parcel: {@code parcelId}, {@code history} and {@code nextCursor}, as {@link #write} has
     * them.
     */
    public static Map<String, ?> writeOlder(TrackedParcel tracked) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("parcelId", tracked.parcel().id().value());
        putHistory(json, tracked);
        return json;
    }

    private static void putHistory(Map<String, @Nullable Object> json, TrackedParcel tracked) {
        json.put("history", tracked.history().stream().map(TrackingJson::scan).toList());
        json.put("nextCursor", tracked.older().map(HistoryCursor::write).orElse(null));
    }

    private static Optional<Scan> latestMeasurement(List<Scan> history) {
        return history.reversed().stream()
                .filter(scan -> !scan.condition().equals(Condition.UNKNOWN))
                .findFirst();
    }

    private static Map<String, @Nullable Object> condition(Scan scan, Parcel parcel) {
        Optional<ParcelPlan> plan = parcel.plan();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("measuredAt", scan.scannedAt().toString());
        json.put("temperatureCelsius", orNull(scan.condition().temperatureCelsius()));
        json.put("shockG", orNull(scan.condition().shockG()));
        json.put("humidityPercent", orNull(scan.condition().humidityPercent()));
        json.put("withinLimits", plan.map(p -> p.breachesOf(scan).isEmpty()).orElse(null));
        json.put(
                "breaches",
                plan.map(_ -> parcel.breaches().keySet().stream()
                                .map(Breach::name)
                                .sorted()
                                .toList())
                        .orElse(null));
        return json;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Map<String, Object> scan(Scan scan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scanId", scan.scanId());
        json.put("hubCode", scan.hub().code());
        json.put("city", scan.hub().city());
        json.put("kind", scan.kind().name());
        json.put("scannedAt", scan.scannedAt().toString());
        return json;
    }
}
