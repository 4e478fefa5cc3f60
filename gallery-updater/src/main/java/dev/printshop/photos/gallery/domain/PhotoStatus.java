package dev.printshop.photos.gallery.domain;

import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.events.PhotoRemoved;
import dev.printshop.shared.events.PhotoResized;
import java.util.Arrays;

/** How a photo stands. */
public enum PhotoStatus {
    /** All of its variants can be shown. */
    READY,
    /** The upload can't be printed; its owner is shown why. */
    REJECTED,
    /** Deleted. It isn't shown; it is remembered so that late news of its uploads doesn't bring it back. */
    REMOVED,
    /** A status that only a later version of this code knows, read after a rollback. No event leads to it. */
    UNKNOWN;

    /** The status with a name that was stored by this version of the code, or any other. */
    public static PhotoStatus named(String name) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** How a photo stands after an event. */
    public static PhotoStatus after(PhotoEvent event) {
        return switch (event) {
            case PhotoResized _ -> READY;
            case PhotoRejected _ -> REJECTED;
            case PhotoRemoved _ -> REMOVED;
        };
    }
}
