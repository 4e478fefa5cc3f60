package dev.printshop.shared.events;

import java.util.List;

/** Announces parcel events to whoever listens. */
@FunctionalInterface
public interface ParcelEventPublisher {

    /**
     * Announces events, each at least once.
     *
     * @throws ParcelEventsNotPublishedException names the events that were not taken; all others are out
     */
    void publish(List<? extends ParcelEvent> events);
}
