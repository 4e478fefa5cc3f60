package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelDispatched;
import dev.printshop.shared.events.ParcelId;
import java.util.Set;

/** Gives parcels their plan, and measures against it the scans that came before it. */
public final class ParcelRegistrar {

    /** The calls of a plan: levels, parcel and history are read, the parcel written, its events put and marked. */
    public static final int CALLS = 5 + ParcelAnnouncer.CALLS_FOR_A_MARK;

    /** What became of a plan. */
    public enum Outcome {
        /** It is the parcel's plan, now or since an earlier delivery of the same event. */
        REGISTERED,
        /** The parcel has another plan, and keeps it: what was measured against it can't be taken back. */
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
     * Registers a parcel. Doing so again changes nothing.
     *
     * @throws IllegalArgumentException when the route passes a hub that doesn't exist, or a parcel without a plan gets
     *     one over a hub that is closed
     * @throws RuntimeException when it can't be done now; worth another try
     */
    public Outcome register(ParcelDispatched dispatched) {
        DelayLevels current = levels.current();
        ParcelPlan plan = planOf(dispatched);
        Parcel registered = attempts.run(() -> {
            Parcel before = find(dispatched.parcel());
            if (before.plan().isPresent()) {
                return before;
            }
            requireOpenHubs(plan);
            return parcels.write(before.with(plan, parcels.history(before.id())).withOverdueAt(current));
        });
        announcer.announce(registered, current);
        return registered.plan().filter(plan::equals).isPresent() ? Outcome.REGISTERED : Outcome.OTHER_PLAN_KEPT;
    }

    private Parcel find(ParcelId id) {
        return parcels.find(Set.of(id)).getOrDefault(id, Parcel.unknown(id));
    }

    /** Asked of new plans only: a repeated event of one that is under way is no mistake. */
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
