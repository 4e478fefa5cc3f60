package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;

/** Ends the decoding of a file that can't be printed. It never leaves this package. */
final class RefusedException extends Exception {

    private final RejectionReason reason;

    RefusedException(RejectionReason reason) {
        super(reason.name());
        this.reason = reason;
    }

    RefusedException(RejectionReason reason, Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
    }

    RejectionReason reason() {
        return reason;
    }
}
