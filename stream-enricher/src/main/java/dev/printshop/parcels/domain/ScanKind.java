package dev.printshop.parcels.domain;

/**
 * What happened to a parcel when it was scanned. New scans have a {@link Known} kind. Stored scans may have one that
 * only another version of this code knows: it is kept and shown, but says nothing about the parcel.
 */
public sealed interface ScanKind {

    /** It arrived at the hub. */
    ScanKind RECEIVED = Known.RECEIVED;

    /** It left the hub. */
    ScanKind DEPARTED = Known.DEPARTED;

    /** It left the last hub with the courier. */
    ScanKind OUT_FOR_DELIVERY = Known.OUT_FOR_DELIVERY;

    /** The customer has it. */
    ScanKind DELIVERED = Known.DELIVERED;

    /** Something is wrong, for example the address. */
    ScanKind EXCEPTION = Known.EXCEPTION;

    /** Its name in scans, events and answers. */
    String name();

    /** The kind with a name, whichever it is. */
    static ScanKind of(String name) {
        for (Known known : Known.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return new Unknown(name);
    }

    /** The kinds that this version knows. */
    enum Known implements ScanKind {
        RECEIVED,
        DEPARTED,
        OUT_FOR_DELIVERY,
        DELIVERED,
        EXCEPTION
    }

    /**
     * A kind that another version knows.
     *
     * @param name its name there
     */
    record Unknown(String name) implements ScanKind {

        @Override
        public String toString() {
            return name;
        }
    }
}
