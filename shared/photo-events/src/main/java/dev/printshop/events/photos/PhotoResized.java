package dev.printshop.events.photos;

import java.time.Instant;
import java.util.List;

/**
 * All variants of a photo are ready.
 *
 * @param photo the photo
 * @param version the state of the photo: the change after which this upload is current. That is the upload itself, or
 *     the deletion that restored it; variants may have been made for an earlier one, whose version their keys contain
 * @param uploadedAt when it was uploaded
 * @param original what was uploaded
 * @param variants what was made of it, largest first
 */
public record PhotoResized(
        PhotoId photo, PhotoVersion version, Instant uploadedAt, Original original, List<Variant> variants)
        implements PhotoEvent {

    /** The greatest number of variants of an event. */
    public static final int MAX_VARIANTS = 50;

    public PhotoResized {
        variants = List.copyOf(variants);
    }

    /**
     * The uploaded picture.
     *
     * @param format the format of its content, which may differ from its name, for example {@code JPEG}
     * @param width pixels, after rotation by the EXIF orientation
     * @param height pixels, likewise
     */
    public record Original(String format, int width, int height) {}

    /**
     * One rendition of the photo.
     *
     * @param name its name in the configuration, for example {@code thumb}
     * @param key its key in the variants bucket
     * @param width pixels
     * @param height pixels
     * @param bytes size of the file
     * @param contentType its media type
     */
    public record Variant(String name, String key, int width, int height, long bytes, String contentType) {

        /** The greatest length of a name. */
        public static final int MAX_NAME_LENGTH = 64;
    }
}
