package dev.printshop.parcels.domain;

/**
 * What happened to a parcel when it was scanned. New scans have a {@link Known} kind. Stored scans may have one that
 * only another version of this code defines: it is stored and shown, but has no effect on the parcel's state.
 */
public sealed interface ScanKind {

    /** It arrived at the hub. */
    ScanKind RECEIVED = Known.RECEIVED;

    /** It left the hub. */
    ScanKind DEPARTED = Known.DEPARTED;

    /** It left the last hub with the courier. */
    ScanKind OUT_FOR_DELIVERY = Known.OUT_FOR_DELIVERY;

    /** It was delivered to the customer. */
    ScanKind DELIVERED = Known.DELIVERED;

    /** Something is wrong, for example the address. */
    ScanKind EXCEPTION = Known.EXCEPTION;

    /** Its name in scans, events and responses. */
    String name();

    /** The known or unknown kind with a name. */
    static ScanKind of(String name) {
        for (Known known : Known.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return new Unknown(name);
    }

    /** The kinds of this version. */
    enum Known implements ScanKind {
        RECEIVED,
        DEPARTED,
        OUT_FOR_DELIVERY,
        DELIVERED,
        EXCEPTION
    }

    /**
     * A kind of another version.
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
