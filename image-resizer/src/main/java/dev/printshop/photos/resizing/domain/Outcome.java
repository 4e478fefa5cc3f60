package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoEvent;

/** The outcome of handling an event. */
public sealed interface Outcome {

    /** The photo's state was announced: a new decision, or once more the one that was made for this event. */
    record Announced(PhotoEvent event) implements Outcome {}

    /** Another event is responsible for the photo's current state, and was handled already or will be. */
    record Overtaken() implements Outcome {}

    /** What is current is what was decided on before: nothing to announce. */
    record Unchanged() implements Outcome {}

    /** The variants that the gallery no longer shows were removed. */
    record SupersededRemoved() implements Outcome {}
}
