package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoEvent;

/** What came of an upload or a deletion. */
public sealed interface Outcome {

    /** It was done, and announced. */
    record Announced(PhotoEvent event) implements Outcome {}

    /** Another upload or deletion has overtaken this one; its own event brings about the rest. */
    record Overtaken() implements Outcome {}
}
