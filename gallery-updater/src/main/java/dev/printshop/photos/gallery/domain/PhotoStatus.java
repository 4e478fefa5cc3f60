package dev.printshop.photos.gallery.domain;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import java.util.Arrays;

/** The status of a photo. */
public enum PhotoStatus {
    /** All of its variants can be shown. */
    READY,
    /** The upload can't be printed; its owner is shown why. */
    REJECTED,
    /** Deleted. It isn't shown; it is stored so that late events of its uploads don't restore it. */
    REMOVED,
    /** A status that only a later version of this code defines, read after a rollback. No event leads to it. */
    UNKNOWN;

    /** The status with a name that was stored by this version of the code, or any other. */
    public static PhotoStatus named(String name) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** The status of a photo after an event. */
    public static PhotoStatus after(PhotoEvent event) {
        return switch (event) {
            case PhotoResized _ -> READY;
            case PhotoRejected _ -> REJECTED;
            case PhotoRemoved _ -> REMOVED;
        };
    }
}
