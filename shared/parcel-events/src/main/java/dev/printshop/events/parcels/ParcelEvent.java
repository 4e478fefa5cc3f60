package dev.printshop.events.parcels;

/**
 * The events that the stream enricher publishes about a parcel. Delivery is at least once; consumers deduplicate by
 * {@link #key}. The schemas are in {@code events/schemas/}.
 */
public sealed interface ParcelEvent permits ParcelDelayed, ParcelConditionBreached, ParcelDelivered {

    /** The source that all parcel events carry on the bus. */
    String SOURCE = "printshop.parcels";

    /** The first version of the events' form; a reader accepts it and later ones, and ignores unknown fields. */
    int SCHEMA_VERSION = 1;

    /** The version of the event's form that this code writes. */
    default int schemaVersion() {
        return SCHEMA_VERSION;
    }

    /** The parcel the event is about. */
    ParcelId parcel();

    /** The event's unique key for its parcel, for example {@code DELAYED#PT2H}. */
    String key();

    /** The event's name on the bus. */
    default String detailType() {
        return getClass().getSimpleName();
    }
}
