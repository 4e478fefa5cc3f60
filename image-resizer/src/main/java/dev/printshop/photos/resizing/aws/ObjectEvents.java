package dev.printshop.photos.resizing.aws;

import dev.printshop.photos.resizing.domain.Deletion;
import dev.printshop.photos.resizing.domain.Upload;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.shared.events.PhotoVersion;
import dev.printshop.shared.json.JsonObject;

/**
 * Reads what S3 tells of its objects through EventBridge. Unlike in S3's own notifications, keys come as they are, not
 * URL-encoded.
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

    /** The upload of which an Object Created event tells. */
    public static Upload upload(JsonObject event, UploadKey key) {
        JsonObject object = event.object("detail").object("object");
        return new Upload(key, object.text("etag"), object.number("size"), version(object), event.instant("time"));
    }

    /** The deletion of which an Object Deleted event tells. */
    public static Deletion deletion(JsonObject event, UploadKey key) {
        JsonObject object = event.object("detail").object("object");
        return new Deletion(key.photo(), version(object), event.instant("time"));
    }

    private static PhotoVersion version(JsonObject object) {
        return PhotoVersion.ofSequencer(object.text("sequencer"));
    }
}
