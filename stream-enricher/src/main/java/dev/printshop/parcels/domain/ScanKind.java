package dev.printshop.parcels.domain;

/** What happened to a parcel when it was scanned. */
public enum ScanKind {
    /** It arrived at the hub. */
    RECEIVED,
    /** It left the hub. */
    DEPARTED,
    /** It left the last hub with the courier. */
    OUT_FOR_DELIVERY,
    /** The customer has it. */
    DELIVERED,
    /** Something is wrong, for example the address. */
    EXCEPTION
}
