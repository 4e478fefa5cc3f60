package dev.printshop.shared.events;

import java.time.Instant;

/**
 * One stop of a parcel's route.
 *
 * @param hubCode the hub's code, for example {@code FRA}
 * @param plannedAt when the parcel is to arrive there
 */
public record RouteStop(String hubCode, Instant plannedAt) {}
