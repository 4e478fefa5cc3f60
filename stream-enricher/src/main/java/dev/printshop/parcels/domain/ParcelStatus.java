package dev.printshop.parcels.domain;

/** How a parcel stands, as its latest scan has it. */
public enum ParcelStatus {
    /** It has a plan, and was not scanned yet. */
    REGISTERED,
    AT_HUB,
    IN_TRANSIT,
    OUT_FOR_DELIVERY,
    DELIVERED,
    EXCEPTION;

    static ParcelStatus after(ScanKind latest) {
        return switch (latest) {
            case RECEIVED -> AT_HUB;
            case DEPARTED -> IN_TRANSIT;
            case OUT_FOR_DELIVERY -> OUT_FOR_DELIVERY;
            case DELIVERED -> DELIVERED;
            case EXCEPTION -> EXCEPTION;
        };
    }
}
