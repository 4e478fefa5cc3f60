package dev.printshop.photos.resizing.aws;

import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.photos.resizing.domain.ObjectChange;
import dev.printshop.photos.resizing.domain.ObjectChange.Kind;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;

/**
 * Reads S3's object events from EventBridge. Unlike in S3's own notifications, keys are not URL-encoded.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge event message
 *     structure</a>
 */
public final class ObjectEvents {

    private ObjectEvents() {}

    /** The key of the object that the event is about. */
    public static String key(JsonObject event) {
        return event.object("detail").object("object").text("key");
    }

    /**
     * The change that an Object Created or Object Deleted event is about.
     *
     * @throws InvalidJsonException when a field is missing or wrong
     */
    public static ObjectChange change(JsonObject event, UploadKey key) {
        PhotoVersion version =
                PhotoVersion.ofSequencer(event.object("detail").object("object").text("sequencer"));
        return new ObjectChange(key, version, kind(event), event.instant("time"));
    }

    private static Kind kind(JsonObject event) {
        return switch (event.text("detail-type")) {
            case "Object Created" -> Kind.CREATED;
            case "Object Deleted" -> Kind.DELETED;
            default -> throw new InvalidJsonException("Field 'detail-type' must be Object Created or Object Deleted");
        };
    }

    /**
     * Whether a lifecycle rule deleted a version permanently. In a versioned bucket, this is a noncurrent version, or a
     * delete marker without other versions: the current upload, if any, stays the same. For a current upload, a rule
     * adds a delete marker, which is a deletion like any other.
     */
    public static boolean isExpiration(JsonObject event) {
        JsonObject detail = event.object("detail");
        return event.text("detail-type").equals("Object Deleted")
                && is(detail, "reason", "Lifecycle Expiration")
                && is(detail, "deletion-type", "Permanently Deleted");
    }

    private static boolean is(JsonObject detail, String field, String value) {
        return detail.has(field) && detail.text(field).equals(value);
    }
}
