package dev.printshop.shared.events;

/** Announces photo events to whoever listens. */
@FunctionalInterface
public interface PhotoEventPublisher {

    /**
     * Announces an event, at least once.
     *
     * @throws RuntimeException when the event was not taken; the caller fails, and its trigger tries again
     */
    void publish(PhotoEvent event);
}
