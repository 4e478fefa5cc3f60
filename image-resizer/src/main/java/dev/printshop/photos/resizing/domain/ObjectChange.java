package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import java.time.Instant;

/**
 * A change under a key of the uploads bucket. It is a trigger with a position in the order of all changes of the key;
 * the current object is read from {@link Uploads}.
 *
 * @param key the key
 * @param version the state of the photo after the change
 * @param kind what happened
 * @param at when
 */
public record ObjectChange(UploadKey key, PhotoVersion version, Kind kind, Instant at) {

    /** What happened to the key. */
    public enum Kind {
        /** A new version was written and is the current one. */
        CREATED,
        /** A delete marker was written, or a version or a delete marker was deleted permanently. */
        DELETED
    }

    /** The photo that the key identifies. */
    public PhotoId photo() {
        return key.photo();
    }
}
