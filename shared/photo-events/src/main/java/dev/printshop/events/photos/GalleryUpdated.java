package dev.printshop.events.photos;

/**
 * The gallery shows a version of a photo, or a later one, and never again an earlier one. Variants that only earlier
 * versions name can therefore be removed.
 *
 * @param photo the photo
 * @param version the version that the gallery shows
 */
public record GalleryUpdated(PhotoId photo, PhotoVersion version) {

    /** The source that the event carries on the bus. */
    public static final String SOURCE = PhotoEvent.SOURCE;

    /** The event's name on the bus. */
    public static final String DETAIL_TYPE = "GalleryUpdated";

    /** The version of the event's form that this code writes. */
    public static final int SCHEMA_VERSION = 1;
}
