package dev.printshop.shared.events;

/**
 * What the stream enricher announces of a parcel. Each is announced at least once; {@link #key} tells duplicates from
 * news. The schemas are in {@code events/schemas/}.
 */
public sealed interface ParcelEvent permits ParcelDelayed, ParcelConditionBreached, ParcelDelivered {

    /** The source that all parcel events carry on the bus. */
    String SOURCE = "printshop.parcels";

    /** The version of the events' form that this code writes; a reader accepts later ones and ignores what they add. */
    int SCHEMA_VERSION = 1;

    /** The parcel the event is about. */
    ParcelId parcel();

    /** What makes the event unique for its parcel, for example {@code DELAYED#PT2H}. */
    String key();

    /** The event's name on the bus. */
    default String detailType() {
        return getClass().getSimpleName();
    }
}
