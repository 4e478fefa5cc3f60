package dev.printshop.events.parcels;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One stop of a parcel's route.
 *
 * @param hubCode the hub's code, for example {@code FRA}
 * @param plannedAt when the parcel is to arrive there, to the millisecond
 */
public record RouteStop(String hubCode, Instant plannedAt) {

    public RouteStop {
        plannedAt = plannedAt.truncatedTo(ChronoUnit.MILLIS);
    }
}
