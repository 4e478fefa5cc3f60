package dev.printshop.shared.json;

import dev.printshop.shared.events.ConditionLimits;
import dev.printshop.shared.events.ParcelConditionBreached;
import dev.printshop.shared.events.ParcelConditionBreached.Breach;
import dev.printshop.shared.events.ParcelDelayed;
import dev.printshop.shared.events.ParcelDelayed.Cause;
import dev.printshop.shared.events.ParcelDelivered;
import dev.printshop.shared.events.ParcelDispatched;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.events.ParcelSighting;
import dev.printshop.shared.events.RouteStop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The parcel events as they travel, as the schemas in {@code events/schemas/} describe them. */
public final class ParcelEventJson {

    private ParcelEventJson() {}

    /** The detail of an event on the bus. */
    public static Map<String, Object> toDetail(ParcelEvent event) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", ParcelEvent.SCHEMA_VERSION);
        detail.put("parcelId", event.parcel().value());
        switch (event) {
            case ParcelDelayed delayed -> {
                delayed.orderId().ifPresent(order -> detail.put("orderId", order));
                detail.put("levelMinutes", delayed.level().toMinutes());
                detail.put("delayMinutes", delayed.delay().toMinutes());
                detail.put("cause", delayed.cause().name());
                detail.put("promisedAt", delayed.promisedAt().toString());
                detail.put("projectedArrival", delayed.projectedArrival().toString());
                detail.put("lastScans", toJson(delayed.lastScans()));
            }
            case ParcelConditionBreached breached -> {
                breached.orderId().ifPresent(order -> detail.put("orderId", order));
                detail.put("breach", breached.breach().name());
                detail.put("value", breached.value());
                detail.put("limit", breached.limit());
                detail.put("at", toJson(breached.at()));
                detail.put("promisedAt", breached.promisedAt().toString());
                detail.put("lastScans", toJson(breached.lastScans()));
            }
            case ParcelDelivered delivered -> {
                delivered.orderId().ifPresent(order -> detail.put("orderId", order));
                detail.put("deliveredAt", delivered.deliveredAt().toString());
                detail.put("promisedAt", delivered.promisedAt().toString());
            }
        }
        return detail;
    }

    /** The detail of the event that brings a parcel's plan. */
    public static Map<String, Object> toDetail(ParcelDispatched dispatched) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", ParcelDispatched.SCHEMA_VERSION);
        detail.put("parcelId", dispatched.parcel().value());
        dispatched.orderId().ifPresent(order -> detail.put("orderId", order));
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
     * Reads a parcel event from the envelope that EventBridge puts around it.
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
            Optional<String> orderId = detail.optionalText("orderId");
            return switch (type) {
                case "ParcelDelayed" ->
                    new ParcelDelayed(
                            parcel,
                            orderId,
                            Duration.ofMinutes(detail.number("levelMinutes")),
                            Duration.ofMinutes(detail.number("delayMinutes")),
                            Cause.of(detail.text("cause")),
                            detail.instant("promisedAt"),
                            detail.instant("projectedArrival"),
                            sightings(detail));
                case "ParcelConditionBreached" ->
                    new ParcelConditionBreached(
                            parcel,
                            orderId,
                            Breach.of(detail.text("breach")),
                            detail.decimal("value"),
                            detail.decimal("limit"),
                            sighting(detail.object("at")),
                            detail.instant("promisedAt"),
                            sightings(detail));
                case "ParcelDelivered" ->
                    new ParcelDelivered(parcel, orderId, detail.instant("deliveredAt"), detail.instant("promisedAt"));
                default ->
                    throw new InvalidJsonException(
                            "Field 'detail-type' must be ParcelDelayed, ParcelConditionBreached or ParcelDelivered");
            };
        });
    }

    /**
     * Reads a parcel's plan from the envelope that EventBridge puts around it.
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
                detail.optionalText("orderId"),
                detail.objects("route").stream()
                        .map(stop -> new RouteStop(stop.text("hubCode"), stop.instant("plannedAt")))
                        .toList(),
                detail.instant("promisedAt"),
                new ConditionLimits(
                        limits.decimal("minTemperatureCelsius"),
                        limits.decimal("maxTemperatureCelsius"),
                        limits.decimal("maxShockG"),
                        limits.decimal("maxHumidityPercent"))));
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

    /** What the records refuse is the sender's mistake, too. */
    private static <T> T withFieldNamed(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (InvalidJsonException precise) {
            throw precise;
        } catch (IllegalArgumentException wrongValue) {
            throw new InvalidJsonException("Field 'detail' is wrong: " + wrongValue.getMessage(), wrongValue);
        }
    }

    private static List<ParcelSighting> sightings(JsonObject detail) {
        return detail.objects("lastScans").stream()
                .map(ParcelEventJson::sighting)
                .toList();
    }

    private static ParcelSighting sighting(JsonObject json) {
        return new ParcelSighting(
                json.text("scanId"),
                json.text("hubCode"),
                json.text("city"),
                json.text("kind"),
                json.instant("scannedAt"));
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
