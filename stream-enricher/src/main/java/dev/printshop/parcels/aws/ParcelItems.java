package dev.printshop.parcels.aws;

import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import dev.printshop.events.parcels.ParcelDelayed.Cause;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.ConditionBreach;
import dev.printshop.parcels.domain.DelayPolicy;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.Parcel.WorstDelay;
import dev.printshop.parcels.domain.ParcelPlan;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the parcels table: under each parcel's id one item {@value #PARCEL} with its plan and state, and one for
 * each scan, under {@code SCAN#time#id}. The key of a scan's item depends only on the scan, so that duplicates are
 * detected.
 */
final class ParcelItems {

    static final String PARCEL = "PARCEL";
    static final String SCAN_PREFIX = "SCAN#";

    /** Complaints arrive within weeks; after that the data is not needed any more. */
    static final Duration RETENTION = Duration.ofDays(90);

    /** The attributes of a parcel's state, without its key, its version and the announced keys. */
    static final Set<String> STATE = Set.of(
            "plan",
            "latestScans",
            "position",
            "arrivals",
            "lateness", // of earlier versions
            "silence",
            "worstSilence",
            "worstDelayMillis",
            "worstDelayCause",
            "worstDelayMeasuredAt",
            "breaches",
            "delivery",
            "overdueSegment",
            "overdueAt",
            "expiresAt");

    /** The number of partitions of the index of overdue parcels. */
    static final int OVERDUE_SEGMENTS = 8;

    /** Always with milliseconds: of equal length, so that the order of the texts is the order of the times. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private ParcelItems() {}

    static Map<String, AttributeValue> key(ParcelId id) {
        return Map.of("parcelId", text(id.value()), "item", text(PARCEL));
    }

    static ParcelId parcelId(Map<String, AttributeValue> item) {
        return new ParcelId(required(item, "parcelId").s());
    }

    // -- Scans -------------------------------------------------------------------------------------------------------

    private static String sortKey(Scan.Place place) {
        return SCAN_PREFIX + TIME.format(place.position().scannedAt()) + "#"
                + place.position().scanId();
    }

    static Map<String, AttributeValue> key(Scan.Place place) {
        return Map.of("parcelId", text(place.parcel().value()), "item", text(sortKey(place)));
    }

    /**
     * A scan's item. Its expiry is counted from the time it is stored, not from the scan, which may be handled late.
     */
    static Map<String, AttributeValue> item(Scan scan, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>(attributes(scan));
        item.put("parcelId", text(scan.parcel().value()));
        item.put("item", text(sortKey(scan.place())));
        item.put("city", text(scan.hub().city()));
        item.put("country", text(scan.hub().country()));
        item.put(
                "localTime",
                text(scan.scannedAt()
                        .atZone(scan.hub().zone())
                        .toOffsetDateTime()
                        .toString()));
        item.put("expiresAt", number(now.plus(RETENTION).getEpochSecond()));
        return item;
    }

    static Scan scan(ParcelId parcel, Map<String, AttributeValue> item) {
        return new Scan(
                required(item, "scanId").s(),
                parcel,
                Hubs.all().stored(required(item, "hubCode").s()),
                ScanKind.of(required(item, "kind").s()),
                Instant.parse(required(item, "scannedAt").s()),
                new Condition(
                        measured(item, "temperatureCelsius"),
                        measured(item, "shockG"),
                        measured(item, "humidityPercent")));
    }

    private static Map<String, AttributeValue> attributes(Scan scan) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put("scanId", text(scan.scanId()));
        attributes.put("hubCode", text(scan.hub().code()));
        attributes.put("kind", text(scan.kind().name()));
        attributes.put("scannedAt", time(scan.scannedAt()));
        scan.condition().temperatureCelsius().ifPresent(value -> attributes.put("temperatureCelsius", decimal(value)));
        scan.condition().shockG().ifPresent(value -> attributes.put("shockG", decimal(value)));
        scan.condition().humidityPercent().ifPresent(value -> attributes.put("humidityPercent", decimal(value)));
        return attributes;
    }

    private static OptionalDouble measured(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value.n()));
    }

    // -- Parcels -----------------------------------------------------------------------------------------------------

    /** The attributes of a parcel's state; those of {@link #STATE} that are missing here are removed from the item. */
    static Map<String, AttributeValue> state(Parcel parcel, Instant now) {
        Map<String, AttributeValue> state = new HashMap<>();
        parcel.plan().ifPresent(plan -> state.put("plan", plan(plan)));
        state.put("latestScans", list(parcel.latestScans(), scan -> map(attributes(scan))));
        parcel.position().ifPresent(scan -> state.put("position", map(attributes(scan))));
        Map<String, AttributeValue> arrivals = new TreeMap<>();
        parcel.arrivals().forEach((hub, at) -> arrivals.put(hub, time(at)));
        state.put("arrivals", map(arrivals));
        parcel.silence()
                .ifPresent(silence -> state.put(
                        "silence",
                        map(Map.of(
                                "stop",
                                number(silence.stop()),
                                "delayMillis",
                                number(silence.delay().toMillis())))));
        state.put("worstSilence", map(worst(parcel.worstSilence())));
        // For earlier versions without arrivals, which may still be running.
        state.putAll(worst(DelayPolicy.worst(parcel)));
        Map<String, AttributeValue> breaches = new TreeMap<>();
        parcel.breaches().forEach((breach, first) -> breaches.put(breach.name(), breach(first)));
        state.put("breaches", map(breaches));
        parcel.delivery().ifPresent(scan -> state.put("delivery", map(attributes(scan))));
        state.putAll(overdue(parcel));
        state.put("expiresAt", number(expiresAt(parcel, now).getEpochSecond()));
        return state;
    }

    /**
     * A parcel is kept beyond the end of its journey: the retention starts at its last change or at its promised time,
     * whichever is later.
     */
    private static Instant expiresAt(Parcel parcel, Instant now) {
        return parcel.plan()
                .map(ParcelPlan::promisedAt)
                .filter(promised -> promised.isAfter(now))
                .orElse(now)
                .plus(RETENTION);
    }

    /** The attributes with which the index of overdue parcels contains a parcel; empty if it must not contain it. */
    static Map<String, AttributeValue> overdue(Parcel parcel) {
        return parcel.overdueAt()
                .map(at ->
                        Map.of("overdueSegment", text(Integer.toString(segment(parcel.id()))), "overdueAt", time(at)))
                .orElse(Map.of());
    }

    private static int segment(ParcelId id) {
        return Math.floorMod(id.value().hashCode(), OVERDUE_SEGMENTS);
    }

    static Parcel parcel(Map<String, AttributeValue> item) {
        ParcelId id = parcelId(item);
        Map<Breach, ConditionBreach> breaches = new HashMap<>();
        required(item, "breaches").m().forEach((name, breach) -> {
            Breach limit = Breach.of(name);
            breaches.put(
                    limit,
                    new ConditionBreach(
                            limit,
                            Double.parseDouble(required(breach.m(), "value").n()),
                            Double.parseDouble(required(breach.m(), "limit").n()),
                            scan(id, required(breach.m(), "scan").m())));
        });
        return new Parcel(
                id,
                Long.parseLong(required(item, "version").n()),
                optional(item, "plan").map(ParcelItems::plan),
                required(item, "latestScans").l().stream()
                        .map(scan -> scan(id, scan.m()))
                        .toList(),
                optional(item, "position").map(scan -> scan(id, scan)),
                arrivals(id, item),
                optional(item, "silence")
                        .map(silence -> new Parcel.Silence(
                                Integer.parseInt(required(silence, "stop").n()),
                                Duration.ofMillis(Long.parseLong(
                                        required(silence, "delayMillis").n())))),
                worstSilence(item),
                breaches,
                optional(item, "delivery").map(scan -> scan(id, scan)),
                item.containsKey("announced")
                        ? Set.copyOf(required(item, "announced").ss())
                        : Set.of(),
                instant(item, "overdueAt"));
    }

    private static Map<String, AttributeValue> worst(Optional<WorstDelay> worst) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put(
                "worstDelayMillis",
                number(worst.map(WorstDelay::delay).orElse(Duration.ZERO).toMillis()));
        worst.ifPresent(found -> {
            attributes.put("worstDelayCause", text(found.cause().name()));
            found.measuredAt().ifPresent(at -> attributes.put("worstDelayMeasuredAt", time(at)));
        });
        return attributes;
    }

    /** Items of earlier versions contain the greatest delay of any cause, some of them without cause and time. */
    private static Optional<WorstDelay> worstSilence(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> worst = optional(item, "worstSilence").orElse(item);
        Duration delay = Duration.ofMillis(
                Long.parseLong(required(worst, "worstDelayMillis").n()));
        Cause cause = worst.containsKey("worstDelayCause")
                ? Cause.of(required(worst, "worstDelayCause").s())
                : Cause.LATE_SCAN;
        return delay.isPositive()
                ? Optional.of(new WorstDelay(delay, cause, instant(worst, "worstDelayMeasuredAt")))
                : Optional.empty();
    }

    /** Items of earlier versions contain only the last arrival, which may be a repeated one or a delivery. */
    private static Map<String, Instant> arrivals(ParcelId id, Map<String, AttributeValue> item) {
        Map<String, Instant> arrivals = new HashMap<>();
        optional(item, "arrivals").orElse(Map.of()).forEach((hub, at) -> arrivals.put(hub, Instant.parse(at.s())));
        optional(item, "lateness")
                .map(last -> scan(id, last))
                .filter(last -> last.kind().equals(ScanKind.RECEIVED))
                .ifPresent(last -> arrivals.merge(
                        last.hub().code(), last.scannedAt(), (one, other) -> one.isBefore(other) ? one : other));
        return arrivals;
    }

    private static AttributeValue breach(ConditionBreach breach) {
        return map(Map.of(
                "value", decimal(breach.value()),
                "limit", decimal(breach.limit()),
                "scan", map(attributes(breach.scan()))));
    }

    private static AttributeValue plan(ParcelPlan plan) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        plan.orderId().ifPresent(order -> attributes.put("orderId", text(order)));
        attributes.put(
                "route",
                list(
                        plan.route(),
                        stop -> map(Map.of(
                                "hubCode",
                                text(stop.hub().code()),
                                "plannedAt",
                                text(stop.plannedAt().toString())))));
        attributes.put("promisedAt", text(plan.promisedAt().toString()));
        ConditionLimits limits = plan.limits();
        attributes.put(
                "limits",
                map(Map.of(
                        "minTemperatureCelsius", decimal(limits.minTemperatureCelsius()),
                        "maxTemperatureCelsius", decimal(limits.maxTemperatureCelsius()),
                        "maxShockG", decimal(limits.maxShockG()),
                        "maxHumidityPercent", decimal(limits.maxHumidityPercent()))));
        return map(attributes);
    }

    private static ParcelPlan plan(Map<String, AttributeValue> plan) {
        Map<String, AttributeValue> limits = required(plan, "limits").m();
        return new ParcelPlan(
                Optional.ofNullable(plan.get("orderId")).map(AttributeValue::s),
                required(plan, "route").l().stream()
                        .map(stop -> new ParcelPlan.Stop(
                                Hubs.all().stored(required(stop.m(), "hubCode").s()),
                                Instant.parse(required(stop.m(), "plannedAt").s())))
                        .toList(),
                Instant.parse(required(plan, "promisedAt").s()),
                new ConditionLimits(
                        Double.parseDouble(
                                required(limits, "minTemperatureCelsius").n()),
                        Double.parseDouble(
                                required(limits, "maxTemperatureCelsius").n()),
                        Double.parseDouble(required(limits, "maxShockG").n()),
                        Double.parseDouble(
                                required(limits, "maxHumidityPercent").n())));
    }

    // -- Attributes --------------------------------------------------------------------------------------------------

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue time(Instant value) {
        return AttributeValue.fromS(TIME.format(value));
    }

    private static AttributeValue decimal(double value) {
        return AttributeValue.fromN(Double.toString(value));
    }

    private static AttributeValue map(Map<String, AttributeValue> value) {
        return AttributeValue.fromM(value);
    }

    static AttributeValue required(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        if (value == null) {
            throw new IllegalStateException(
                    "An item must have '%s', but has the attributes %s".formatted(attribute, item.keySet()));
        }
        return value;
    }

    private static <T> AttributeValue list(List<T> values, Function<T, AttributeValue> attribute) {
        return AttributeValue.fromL(values.stream().map(attribute).toList());
    }

    private static Optional<Instant> instant(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute)).map(value -> Instant.parse(value.s()));
    }

    private static Optional<Map<String, AttributeValue>> optional(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute)).map(AttributeValue::m);
    }
}
