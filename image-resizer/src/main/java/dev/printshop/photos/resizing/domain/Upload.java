package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import java.time.Instant;

/**
 * The object that is current under the key of an upload.
 *
 * @param key its key
 * @param contentId identifies this version of the object among all versions under the key
 * @param etag identifies the bytes
 * @param bytes size of the file
 * @param uploadedAt when it was written
 */
public record Upload(UploadKey key, String contentId, String etag, long bytes, Instant uploadedAt) {

    /** The photo that was uploaded. */
    public PhotoId photo() {
        return key.photo();
    }
}
