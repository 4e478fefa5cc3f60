package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelConditionBreached;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelSighting;
import dev.printshop.parcels.domain.Parcel.WorstDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the events that follow from a parcel's state: its delays, its breaches, and its delivery. */
public final class ParcelEvents {

    /**
     * From this number of announced keys on, no further level is announced: the levels were changed ten times or more
     * while the parcel was that late. Breaches and the delivery are still announced, so a parcel has less than {@code
     * MAX_KEYS_FOR_LEVELS} + 25 keys.
     */
    static final int MAX_KEYS_FOR_LEVELS = 10 * DelayLevels.MAX_LEVELS;

    private ParcelEvents() {}

    /** The events that are not announced yet; empty without a plan. */
    public static List<ParcelEvent> unannounced(Parcel parcel, DelayLevels levels) {
        List<ParcelEvent> events = new ArrayList<>();
        parcel.plan().ifPresent(plan -> {
            if (parcel.announced().size() < MAX_KEYS_FOR_LEVELS) {
                DelayPolicy.worst(parcel)
                        .ifPresent(worst -> levels.reachedBy(worst.delay())
                                .forEach(level -> events.add(delayed(parcel, plan, level, worst))));
            }
            parcel.breaches().values().stream()
                    .sorted(Comparator.comparing(breach -> breach.breach().name()))
                    .forEach(breach -> events.add(breached(parcel, plan, breach)));
            parcel.delivery()
                    .ifPresent(scan -> events.add(
                            new ParcelDelivered(parcel.id(), plan.orderId(), scan.scannedAt(), plan.promisedAt())));
        });
        events.removeIf(event -> parcel.announced().contains(event.key()));
        return events;
    }

    /**
     * The parcel with the time from which a search finds it:
     *
     * <ul>
     *   <li>{@link Parcel#IMMEDIATELY} while it has events that are not announced, so that a failed or ended
     *       announcement is always retried;
     *   <li>the planned time of its next stop, while a silence there can reach a level. The levels are compared when
     *       the search reads it, so that a level that is set later applies, too;
     *   <li>none when no further scan is expected, or all levels are announced.
     * </ul>
     */
    public static Parcel withOverdueAt(Parcel parcel, DelayLevels levels) {
        Optional<Instant> time = unannounced(parcel, levels).isEmpty()
                ? DelayPolicy.nextStopPlannedAt(parcel, levels)
                : Optional.of(Parcel.IMMEDIATELY);
        return parcel.withOverdueAt(time);
    }

    private static ParcelDelayed delayed(Parcel parcel, ParcelPlan plan, Duration level, WorstDelay worst) {
        return new ParcelDelayed(
                parcel.id(),
                plan.orderId(),
                level,
                worst.delay(),
                worst.cause(),
                worst.measuredAt(),
                plan.promisedAt(),
                DelayPolicy.projectedArrival(parcel).orElseThrow(),
                parcel.delivery().map(Scan::scannedAt),
                sightings(parcel));
    }

    private static ParcelConditionBreached breached(Parcel parcel, ParcelPlan plan, ConditionBreach breach) {
        return new ParcelConditionBreached(
                parcel.id(),
                plan.orderId(),
                breach.breach(),
                breach.value(),
                breach.limit(),
                sighting(breach.scan()),
                plan.promisedAt(),
                sightings(parcel));
    }

    private static List<ParcelSighting> sightings(Parcel parcel) {
        return parcel.latestScans().stream().map(ParcelEvents::sighting).toList();
    }

    private static ParcelSighting sighting(Scan scan) {
        return new ParcelSighting(
                scan.scanId(), scan.hub().code(), scan.hub().city(), scan.kind().name(), scan.scannedAt());
    }
}
