package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import java.util.Map;

/** Some of the requested parcels can't be read. The exception contains the others. */
public final class UnreadableParcelsException extends RuntimeException {

    private final transient Map<ParcelId, Parcel> found;
    private final transient Map<ParcelId, RuntimeException> unreadable;

    /**
     * Separates the readable parcels from the unreadable ones.
     *
     * @param found the parcels that were found
     * @param unreadable those that can't be read, and why; at least one
     */
    public UnreadableParcelsException(Map<ParcelId, Parcel> found, Map<ParcelId, RuntimeException> unreadable) {
        super(
                "Parcels can't be read: " + unreadable.keySet(),
                unreadable.values().iterator().next());
        this.found = Map.copyOf(found);
        this.unreadable = Map.copyOf(unreadable);
    }

    /** The parcels that were found. */
    public Map<ParcelId, Parcel> found() {
        return found;
    }

    /** The parcels that can't be read, and why. */
    public Map<ParcelId, RuntimeException> unreadable() {
        return unreadable;
    }
}
