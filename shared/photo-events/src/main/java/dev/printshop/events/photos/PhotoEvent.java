package dev.printshop.events.photos;

/** The events that the image resizer publishes about a photo. The schemas are in {@code events/schemas/}. */
public sealed interface PhotoEvent permits PhotoResized, PhotoRejected, PhotoRemoved {

    /** The source that all photo events carry on the bus. */
    String SOURCE = "printshop.photos";

    /** The version of the events' form that this code writes; a reader accepts later ones and ignores what they add. */
    int SCHEMA_VERSION = 1;

    /** The photo the event is about. */
    PhotoId photo();

    /** The state of the photo that the event is about; events of one photo are ordered by it, not by arrival. */
    PhotoVersion version();

    /** The event's name on the bus. */
    default String detailType() {
        return getClass().getSimpleName();
    }
}
