package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoEvent;

/** The outcome of handling an event. */
public sealed interface Outcome {

    /** The photo's state was announced: a new decision, or again the one that was made for this event. */
    record Announced(PhotoEvent event) implements Outcome {}

    /** Another event, which was or will be handled, is responsible for the photo's current state. */
    record Overtaken() implements Outcome {}

    /** The current upload is that of the latest decision: no announcement is needed. */
    record Unchanged() implements Outcome {}

    /** The variants that the gallery no longer shows were removed. */
    record SupersededRemoved() implements Outcome {}
}
