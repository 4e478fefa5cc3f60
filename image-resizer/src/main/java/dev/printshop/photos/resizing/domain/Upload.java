package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.time.Instant;

/**
 * A file that was uploaded.
 *
 * @param key where it is
 * @param etag names the content; the same for the same content
 * @param bytes size of the file
 * @param version the state of the photo that this upload made
 * @param uploadedAt when
 */
public record Upload(UploadKey key, String etag, long bytes, PhotoVersion version, Instant uploadedAt) {

    /** The photo that was uploaded. */
    public PhotoId photo() {
        return key.photo();
    }
}
