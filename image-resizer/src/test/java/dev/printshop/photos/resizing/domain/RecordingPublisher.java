package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoEventPublisher;
import java.util.ArrayList;
import java.util.List;

/** Records published events, and can fail once. */
final class RecordingPublisher implements PhotoEventPublisher {

    final List<PhotoEvent> published = new ArrayList<>();
    private boolean failing;

    void failOnce() {
        failing = true;
    }

    @Override
    public void publish(PhotoEvent event) {
        if (failing) {
            failing = false;
            throw new IllegalStateException("The bus is full");
        }
        published.add(event);
    }
}
