package dev.printshop.events.photos.json;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Original;
import dev.printshop.events.photos.PhotoResized.Variant;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The JSON form of the photo events, flat, as defined by the schemas in {@code events/schemas/}. */
public final class PhotoEventJson {

    private static final Pattern REASON_CODE = Pattern.compile("[A-Z][A-Z_]{0,63}");

    /** The greatest whole number that every JSON parser reads exactly: 2^53 - 1. */
    private static final long MAX_BYTES = (1L << 53) - 1;

    private PhotoEventJson() {}

    /** The detail of an event on the bus. */
    public static Map<String, Object> toDetail(PhotoEvent event) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", PhotoEvent.SCHEMA_VERSION);
        detail.put("owner", event.photo().owner());
        detail.put("photoId", event.photo().id());
        detail.put("version", event.version().value());
        switch (event) {
            case PhotoResized resized -> {
                detail.put("uploadedAt", resized.uploadedAt().toString());
                detail.put("format", resized.original().format());
                detail.put("width", resized.original().width());
                detail.put("height", resized.original().height());
                detail.put(
                        "variants",
                        resized.variants().stream().map(PhotoEventJson::toJson).toList());
            }
            case PhotoRejected rejected -> {
                detail.put("uploadedAt", rejected.uploadedAt().toString());
                detail.put("reasonCode", rejected.reasonCode());
                detail.put("reason", rejected.reason());
            }
            case PhotoRemoved removed ->
                detail.put("removedAt", removed.removedAt().toString());
        }
        return detail;
    }

    /**
     * Reads an event from its EventBridge envelope.
     *
     * @throws InvalidJsonException when it is no photo event, or a field is missing or wrong
     */
    public static PhotoEvent fromEnvelope(JsonObject envelope) {
        String source = envelope.text("source");
        if (!source.equals(PhotoEvent.SOURCE)) {
            throw new InvalidJsonException("Field 'source' must be %s".formatted(PhotoEvent.SOURCE));
        }
        String type = envelope.text("detail-type");
        JsonObject detail = envelope.object("detail");
        requireSchemaVersion(detail);
        try {
            PhotoId photo = new PhotoId(detail.text("owner"), detail.text("photoId"));
            PhotoVersion version = new PhotoVersion(detail.text("version"));
            return switch (type) {
                case "PhotoResized" ->
                    new PhotoResized(
                            photo,
                            version,
                            detail.utc("uploadedAt"),
                            new Original(
                                    detail.text("format", 32), detail.integer("width", 1), detail.integer("height", 1)),
                            variants(detail.objects("variants", 0, PhotoResized.MAX_VARIANTS)));
                case "PhotoRejected" ->
                    new PhotoRejected(
                            photo,
                            version,
                            detail.utc("uploadedAt"),
                            detail.text("reasonCode", REASON_CODE),
                            detail.text("reason", 1_000));
                case "PhotoRemoved" -> new PhotoRemoved(photo, version, detail.utc("removedAt"));
                default ->
                    throw new InvalidJsonException(
                            "Field 'detail-type' must be PhotoResized, PhotoRejected or PhotoRemoved");
            };
        } catch (InvalidJsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidJsonException("Field 'detail' is wrong: " + e.getMessage(), e);
        }
    }

    private static void requireSchemaVersion(JsonObject detail) {
        int version = detail.integer("schemaVersion");
        if (version < PhotoEvent.SCHEMA_VERSION) {
            throw new InvalidJsonException("Field 'detail.schemaVersion' must be at least %d, but is %d"
                    .formatted(PhotoEvent.SCHEMA_VERSION, version));
        }
    }

    private static List<Variant> variants(List<JsonObject> variants) {
        return variants.stream()
                .map(variant -> new Variant(
                        variant.text("name", Variant.MAX_NAME_LENGTH),
                        variant.text("key", 1_024),
                        variant.integer("width", 1),
                        variant.integer("height", 1),
                        variant.number("bytes", 1, MAX_BYTES),
                        variant.text("contentType", 255)))
                .toList();
    }

    private static Map<String, Object> toJson(Variant variant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", variant.name());
        json.put("key", variant.key());
        json.put("width", variant.width());
        json.put("height", variant.height());
        json.put("bytes", variant.bytes());
        json.put("contentType", variant.contentType());
        return json;
    }
}
