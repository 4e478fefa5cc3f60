package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Registers the plans of parcels, and measures earlier scans by them.
 *
 * <p>A parcel without a plan may be scanned all the time, and its history may be long. So the history is read outside
 * of the optimistic change, to reduce conflicts. It is read once before the plan is written, so that the parcel doesn't
 * count as silent because of missing scans, and once after that: {@link ScanEnricher} stores scans before it reads
 * their parcel, so scans that it couldn't measure, because the parcel had no plan yet, are in the history by then.
 */
public final class ParcelRegistrar {

    /** Reading the history, and reading and writing the parcel. */
    private static final int CALLS_FOR_A_STEP = 3;

    /**
     * The calls for a plan: reading levels and parcel, writing the plan, measuring all scans, publishing and marking
     * events. A history has a page, which is a call, for about 3,000 scans; further pages use the time that is left
     * because calls rarely take their full timeout.
     */
    public static final int CALLS = 2 + 2 * CALLS_FOR_A_STEP + 1 + ParcelAnnouncer.CALLS_FOR_A_MARK;

    /** The outcome for a plan. */
    public enum Outcome {
        /** It is the parcel's plan, now or since an earlier delivery of the same event. */
        REGISTERED,
        /** The parcel has another plan and keeps it, because measurements by it can't be revoked. */
        OTHER_PLAN_KEPT
    }

    private final Parcels parcels;
    private final DelayLevelsSource levels;
    private final ParcelAnnouncer announcer;
    private final OptimisticAttempts attempts;

    public ParcelRegistrar(
            Parcels parcels, DelayLevelsSource levels, ParcelAnnouncer announcer, OptimisticAttempts attempts) {
        this.parcels = parcels;
        this.levels = levels;
        this.announcer = announcer;
        this.attempts = attempts;
    }

    /**
     * Registers a parcel. This is idempotent.
     *
     * @throws IllegalArgumentException when the route passes a hub that doesn't exist, or a parcel without a plan gets
     *     one over a hub that is closed
     * @throws RuntimeException when it fails now; a retry may succeed
     */
    public Outcome register(ParcelDispatched dispatched) {
        DelayLevels current = levels.current();
        ParcelPlan plan = planOf(dispatched);
        if (find(dispatched.parcel()).plan().isEmpty()) {
            requireOpenHubs(plan);
            handOver(plan, dispatched.parcel(), current);
        }
        Parcel registered = measure(dispatched.parcel(), current);
        announcer.announce(registered, current);
        return registered.plan().filter(plan::equals).isPresent() ? Outcome.REGISTERED : Outcome.OTHER_PLAN_KEPT;
    }

    /** Writes the plan, unless the parcel already has one. */
    private void handOver(ParcelPlan plan, ParcelId id, DelayLevels current) {
        List<Scan> history = parcels.history(id);
        attempts.run(() -> {
            Parcel before = find(id);
            if (before.plan().isPresent()) {
                return before;
            }
            List<Scan> known = Stream.concat(history.stream(), before.latestScans().stream())
                    .toList();
            return parcels.write(ParcelEvents.withOverdueAt(before.with(plan, known), current));
        });
    }

    /** Measures all scans by the parcel's plan. */
    private Parcel measure(ParcelId id, DelayLevels current) {
        List<Scan> history = parcels.history(id);
        return attempts.run(() -> {
            Parcel before = find(id);
            Parcel after = before;
            for (Scan scan : history) {
                after = after.with(scan);
            }
            after = ParcelEvents.withOverdueAt(after, current);
            return after.equals(before) ? before : parcels.write(after);
        });
    }

    private Parcel find(ParcelId id) {
        return parcels.find(Set.of(id)).getOrDefault(id, Parcel.unknown(id));
    }

    /** Checked for new plans only: a duplicate event for a parcel that is under way is not an error. */
    private static void requireOpenHubs(ParcelPlan plan) {
        plan.route().stream()
                .map(ParcelPlan.Stop::hub)
                .filter(hub -> !hub.open())
                .findFirst()
                .ifPresent(closed -> {
                    throw new IllegalArgumentException("route must pass hubs that are open, but %s (%s) is closed"
                            .formatted(closed.code(), closed.city()));
                });
    }

    private static ParcelPlan planOf(ParcelDispatched dispatched) {
        return new ParcelPlan(
                dispatched.orderId(),
                dispatched.route().stream()
                        .map(stop -> new ParcelPlan.Stop(Hubs.all().get(stop.hubCode()), stop.plannedAt()))
                        .toList(),
                dispatched.promisedAt(),
                dispatched.conditionLimits());
    }
}
