package dev.printshop.events.photos.json;

import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@link GalleryUpdated} as flat JSON, as its schema in {@code events/schemas/} describes it. */
public final class GalleryUpdatedJson {

    private GalleryUpdatedJson() {}

    /** The detail of the event on the bus. */
    public static Map<String, Object> toDetail(GalleryUpdated event) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("schemaVersion", GalleryUpdated.SCHEMA_VERSION);
        detail.put("owner", event.photo().owner());
        detail.put("photoId", event.photo().id());
        detail.put("version", event.version().value());
        return detail;
    }

    /**
     * Reads the event from EventBridge's envelope.
     *
     * @throws InvalidJsonException when a field is missing or wrong
     */
    public static GalleryUpdated fromEnvelope(JsonObject envelope) {
        JsonObject detail = envelope.object("detail");
        int schemaVersion = detail.integer("schemaVersion");
        if (schemaVersion < GalleryUpdated.SCHEMA_VERSION) {
            throw new InvalidJsonException("Field 'detail.schemaVersion' must be at least %d, but is %d"
                    .formatted(GalleryUpdated.SCHEMA_VERSION, schemaVersion));
        }
        try {
            return new GalleryUpdated(
                    new PhotoId(detail.text("owner"), detail.text("photoId")),
                    new PhotoVersion(detail.text("version")));
        } catch (InvalidJsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidJsonException("Field 'detail' is wrong: " + e.getMessage(), e);
        }
    }
}
