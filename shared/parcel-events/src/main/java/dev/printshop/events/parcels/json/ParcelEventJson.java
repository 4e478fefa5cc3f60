package dev.printshop.events.parcels.json;

import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelConditionBreached;
import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelayed.Cause;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.ParcelSighting;
import dev.printshop.events.parcels.RouteStop;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The JSON form of the parcel events, as defined by the schemas in {@code events/schemas/}: an event that fits its
 * schema is read, and any other is refused.
 */
public final class ParcelEventJson {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern HUB_CODE = Pattern.compile("[A-Z]{3}");

    /** Names of causes, limits and kinds of scans. Later versions may add more of them. */
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z_]{0,31}");

    /** No plan is older or reaches further: any other year is an error. */
    private static final Pattern IN_THIS_CENTURY = Pattern.compile("20\\d{2}-.*");

    private static final int MAX_LAST_SCANS = 3;
    private static final int MAX_CITY_LENGTH = 100;
    private static final int MAX_LEVEL_MINUTES = 365 * 24 * 60;

    /** Measurements have the ranges that scans may have, in °C, g or percent. */
    private static final double MIN_MEASURED = -100;

    private static final double MAX_MEASURED = 1_000;

    private ParcelEventJson() {}

    /** The detail of an event on the bus. */
    public static Map<String, Object> toDetail(ParcelEvent event) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", event.schemaVersion());
        detail.put("parcelId", event.parcel().value());
        switch (event) {
            case ParcelDelayed delayed -> {
                delayed.orderId().ifPresent(order -> putOrderId(detail, order));
                detail.put("levelMinutes", delayed.level().toMinutes());
                detail.put("delayMinutes", delayed.delay().toMinutes());
                detail.put("cause", delayed.cause().name());
                delayed.delayedAt().ifPresent(at -> detail.put("delayedAt", at.toString()));
                detail.put("promisedAt", delayed.promisedAt().toString());
                detail.put("projectedArrival", delayed.projectedArrival().toString());
                delayed.deliveredAt().ifPresent(at -> detail.put("deliveredAt", at.toString()));
                detail.put("lastScans", toJson(delayed.lastScans()));
            }
            case ParcelConditionBreached breached -> {
                breached.orderId().ifPresent(order -> putOrderId(detail, order));
                detail.put("breach", breached.breach().name());
                detail.put("value", breached.value());
                detail.put("limit", breached.limit());
                detail.put("at", toJson(breached.at()));
                detail.put("promisedAt", breached.promisedAt().toString());
                detail.put("lastScans", toJson(breached.lastScans()));
            }
            case ParcelDelivered delivered -> {
                delivered.orderId().ifPresent(order -> putOrderId(detail, order));
                detail.put("deliveredAt", delivered.deliveredAt().toString());
                detail.put("promisedAt", delivered.promisedAt().toString());
            }
        }
        return detail;
    }

    /** The detail of the event with a parcel's plan. */
    public static Map<String, Object> toDetail(ParcelDispatched dispatched) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", ParcelDispatched.SCHEMA_VERSION);
        detail.put("parcelId", dispatched.parcel().value());
        dispatched.orderId().ifPresent(order -> putOrderId(detail, order));
        detail.put(
                "route",
                dispatched.route().stream()
                        .map(stop -> Map.of(
                                "hubCode",
                                stop.hubCode(),
                                "plannedAt",
                                stop.plannedAt().toString()))
                        .toList());
        detail.put("promisedAt", dispatched.promisedAt().toString());
        ConditionLimits limits = dispatched.conditionLimits();
        detail.put(
                "conditionLimits",
                Map.of(
                        "minTemperatureCelsius", limits.minTemperatureCelsius(),
                        "maxTemperatureCelsius", limits.maxTemperatureCelsius(),
                        "maxShockG", limits.maxShockG(),
                        "maxHumidityPercent", limits.maxHumidityPercent()));
        return detail;
    }

    /**
     * Reads a parcel event from its EventBridge envelope.
     *
     * @throws InvalidJsonException when it is no parcel event, or a field is missing or wrong
     */
    public static ParcelEvent fromEnvelope(JsonObject envelope) {
        requireSource(envelope, ParcelEvent.SOURCE);
        String type = envelope.text("detail-type");
        JsonObject detail = envelope.object("detail");
        requireSchemaVersion(detail, ParcelEvent.SCHEMA_VERSION);
        return withFieldNamed(() -> {
            ParcelId parcel = new ParcelId(detail.text("parcelId"));
            Optional<String> orderId = detail.optionalText("orderId", ORDER_ID);
            return switch (type) {
                case "ParcelDelayed" ->
                    new ParcelDelayed(
                            parcel,
                            orderId,
                            Duration.ofMinutes(detail.number("levelMinutes", 1, MAX_LEVEL_MINUTES)),
                            Duration.ofMinutes(detail.integer("delayMinutes", 1)),
                            Cause.of(detail.text("cause", NAME)),
                            detail.optionalUtc("delayedAt"),
                            detail.utc("promisedAt"),
                            detail.utc("projectedArrival"),
                            detail.optionalUtc("deliveredAt"),
                            sightings(detail));
                case "ParcelConditionBreached" ->
                    new ParcelConditionBreached(
                            parcel,
                            orderId,
                            Breach.of(detail.text("breach", NAME)),
                            detail.decimal("value", MIN_MEASURED, MAX_MEASURED),
                            detail.decimal("limit", MIN_MEASURED, MAX_MEASURED),
                            sighting(detail.object("at")),
                            detail.utc("promisedAt"),
                            sightings(detail));
                case "ParcelDelivered" ->
                    new ParcelDelivered(parcel, orderId, detail.utc("deliveredAt"), detail.utc("promisedAt"));
                default ->
                    throw new InvalidJsonException(
                            "Field 'detail-type' must be ParcelDelayed, ParcelConditionBreached or ParcelDelivered");
            };
        });
    }

    /**
     * Reads a parcel's plan from its EventBridge envelope.
     *
     * @throws InvalidJsonException when it is another event, or a field is missing or wrong
     */
    public static ParcelDispatched dispatchedFromEnvelope(JsonObject envelope) {
        requireSource(envelope, ParcelDispatched.SOURCE);
        if (!envelope.text("detail-type").equals(ParcelDispatched.DETAIL_TYPE)) {
            throw new InvalidJsonException("Field 'detail-type' must be " + ParcelDispatched.DETAIL_TYPE);
        }
        JsonObject detail = envelope.object("detail");
        requireSchemaVersion(detail, ParcelDispatched.SCHEMA_VERSION);
        JsonObject limits = detail.object("conditionLimits");
        return withFieldNamed(() -> new ParcelDispatched(
                new ParcelId(detail.text("parcelId")),
                detail.optionalText("orderId", ORDER_ID),
                detail.objects("route").stream()
                        .map(stop -> new RouteStop(stop.text("hubCode", HUB_CODE), planned(stop, "plannedAt")))
                        .toList(),
                planned(detail, "promisedAt"),
                new ConditionLimits(
                        limits.decimal("minTemperatureCelsius", -100, 100),
                        limits.decimal("maxTemperatureCelsius", -100, 100),
                        limits.decimal("maxShockG", 0.001, 1_000),
                        limits.decimal("maxHumidityPercent", 0.001, 100))));
    }

    private static Instant planned(JsonObject json, String name) {
        json.text(name, IN_THIS_CENTURY);
        return json.utc(name);
    }

    /**
     * A plan that was registered before the form of order ids was defined may have another one, which an alert omits.
     */
    private static void putOrderId(Map<String, Object> detail, String orderId) {
        if (ORDER_ID.matcher(orderId).matches()) {
            detail.put("orderId", orderId);
        }
    }

    private static void requireSource(JsonObject envelope, String source) {
        if (!envelope.text("source").equals(source)) {
            throw new InvalidJsonException("Field 'source' must be %s".formatted(source));
        }
    }

    private static void requireSchemaVersion(JsonObject detail, int atLeast) {
        int version = detail.integer("schemaVersion");
        if (version < atLeast) {
            throw new InvalidJsonException(
                    "Field 'detail.schemaVersion' must be at least %d, but is %d".formatted(atLeast, version));
        }
    }

    /** A value that a record's constructor refuses is the sender's error, too. */
    private static <T> T withFieldNamed(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (InvalidJsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidJsonException("Field 'detail' is wrong: " + e.getMessage(), e);
        }
    }

    private static List<ParcelSighting> sightings(JsonObject detail) {
        return detail.objects("lastScans", 0, MAX_LAST_SCANS).stream()
                .map(ParcelEventJson::sighting)
                .toList();
    }

    private static ParcelSighting sighting(JsonObject json) {
        return new ParcelSighting(
                json.text("scanId", ID),
                json.text("hubCode", HUB_CODE),
                json.text("city", MAX_CITY_LENGTH),
                json.text("kind", NAME),
                json.utc("scannedAt"));
    }

    private static List<Map<String, Object>> toJson(List<ParcelSighting> sightings) {
        return sightings.stream().map(ParcelEventJson::toJson).toList();
    }

    private static Map<String, Object> toJson(ParcelSighting sighting) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scanId", sighting.scanId());
        json.put("hubCode", sighting.hubCode());
        json.put("city", sighting.city());
        json.put("kind", sighting.kind());
        json.put("scannedAt", sighting.scannedAt().toString());
        return json;
    }
}
