package dev.printshop.photos.gallery.domain;

import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.events.PhotoRemoved;
import dev.printshop.shared.events.PhotoResized;

/** How a photo stands. */
public enum PhotoStatus {
    /** All of its variants can be shown. */
    READY,
    /** The upload can't be printed; its owner is shown why. */
    REJECTED,
    /** Deleted. It isn't shown; it is remembered so that late news of its uploads doesn't bring it back. */
    REMOVED;

    /** How a photo stands after an event. */
    public static PhotoStatus after(PhotoEvent event) {
        return switch (event) {
            case PhotoResized _ -> READY;
            case PhotoRejected _ -> REJECTED;
            case PhotoRemoved _ -> REMOVED;
        };
    }
}
