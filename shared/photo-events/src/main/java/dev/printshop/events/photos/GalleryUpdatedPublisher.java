package dev.printshop.events.photos;

/** Announces which version of a photo the gallery shows. */
@FunctionalInterface
public interface GalleryUpdatedPublisher {

    /**
     * Announces an event, at least once.
     *
     * @throws RuntimeException when the event was not accepted; the caller fails, and its trigger retries
     */
    void publish(GalleryUpdated event);
}
