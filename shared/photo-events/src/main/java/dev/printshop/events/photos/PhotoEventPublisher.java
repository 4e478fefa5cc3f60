package dev.printshop.events.photos;

/** Publishes photo events to their consumers. */
@FunctionalInterface
public interface PhotoEventPublisher {

    /**
     * Announces an event, at least once.
     *
     * @throws RuntimeException when the event was not accepted; the caller fails, and its trigger retries
     */
    void publish(PhotoEvent event);
}
