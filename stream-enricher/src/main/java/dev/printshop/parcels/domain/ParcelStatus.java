package dev.printshop.parcels.domain;

import java.util.Optional;

/** The status of a parcel by its latest scan. */
public enum ParcelStatus {
    /** It has a plan, and was not scanned yet. */
    REGISTERED,
    AT_HUB,
    IN_TRANSIT,
    OUT_FOR_DELIVERY,
    DELIVERED,
    EXCEPTION;

    /** The status after a scan; empty for an unknown kind of scan. */
    static Optional<ParcelStatus> after(ScanKind latest) {
        return switch (latest) {
            case ScanKind.Known.RECEIVED -> Optional.of(AT_HUB);
            case ScanKind.Known.DEPARTED -> Optional.of(IN_TRANSIT);
            case ScanKind.Known.OUT_FOR_DELIVERY -> Optional.of(OUT_FOR_DELIVERY);
            case ScanKind.Known.DELIVERED -> Optional.of(DELIVERED);
            case ScanKind.Known.EXCEPTION -> Optional.of(EXCEPTION);
            case ScanKind.Unknown _ -> Optional.empty();
        };
    }
}
