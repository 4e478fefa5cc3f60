package dev.printshop.shared.json;

import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.events.PhotoRemoved;
import dev.printshop.shared.events.PhotoResized;
import dev.printshop.shared.events.PhotoResized.Original;
import dev.printshop.shared.events.PhotoResized.Variant;
import dev.printshop.shared.events.PhotoVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The photo events as they travel: flat JSON, as the schemas in {@code events/schemas/} describe it. */
public final class PhotoEventJson {

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
     * Reads an event from the envelope that EventBridge puts around it.
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
                            detail.instant("uploadedAt"),
                            new Original(detail.text("format"), detail.integer("width"), detail.integer("height")),
                            variants(detail.objects("variants")));
                case "PhotoRejected" ->
                    new PhotoRejected(
                            photo,
                            version,
                            detail.instant("uploadedAt"),
                            detail.text("reasonCode"),
                            detail.text("reason"));
                case "PhotoRemoved" -> new PhotoRemoved(photo, version, detail.instant("removedAt"));
                default ->
                    throw new InvalidJsonException(
                            "Field 'detail-type' must be PhotoResized, PhotoRejected or PhotoRemoved");
            };
        } catch (InvalidJsonException precise) {
            throw precise;
        } catch (IllegalArgumentException badIdentifier) {
            throw new InvalidJsonException("Field 'detail' is wrong: " + badIdentifier.getMessage(), badIdentifier);
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
                        variant.text("name"),
                        variant.text("key"),
                        variant.integer("width"),
                        variant.integer("height"),
                        variant.number("bytes"),
                        variant.text("contentType")))
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
