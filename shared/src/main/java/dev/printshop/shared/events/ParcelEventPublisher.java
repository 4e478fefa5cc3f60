package dev.printshop.shared.events;

import java.util.List;

/** Announces parcel events to whoever listens. */
@FunctionalInterface
public interface ParcelEventPublisher {

    /**
     * Announces events, each at least once.
     *
     * @throws RuntimeException when not all events were taken; the caller fails, and its trigger tries again
     */
    void publish(List<? extends ParcelEvent> events);
}
