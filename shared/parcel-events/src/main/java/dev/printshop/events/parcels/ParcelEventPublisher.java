package dev.printshop.events.parcels;

import java.util.List;

/** Publishes parcel events to their consumers. */
@FunctionalInterface
public interface ParcelEventPublisher {

    /**
     * Announces events, each at least once.
     *
     * @throws ParcelEventsNotPublishedException contains the events that were not accepted; all others are published
     */
    void publish(List<? extends ParcelEvent> events);
}
