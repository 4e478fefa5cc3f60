package dev.printshop.orders.domain;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoVersion;

/**
 * What orders need to know of a photo.
 *
 * @param photo the photo
 * @param version the version of the photo
 * @param state whether this version can be printed
 */
public record PrintablePhoto(PhotoId photo, PhotoVersion version, State state) {

    /** Whether a photo can be printed. */
    public enum State {
        READY,
        /** Rejected or removed. It is stored so that a late event of an earlier version doesn't make it ready. */
        UNAVAILABLE
    }

    /** The photo after an event. */
    public static PrintablePhoto after(PhotoEvent event) {
        State state = switch (event) {
            case PhotoResized _ -> State.READY;
            case PhotoRejected _, PhotoRemoved _ -> State.UNAVAILABLE;
        };
        return new PrintablePhoto(event.photo(), event.version(), state);
    }

    boolean isReady() {
        return state == State.READY;
    }
}
