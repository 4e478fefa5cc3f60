package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Finds parcels that nobody scanned where they should have been, and tells that they are delayed. */
public final class SilentParcels {

    private static final int PAGE = 100;

    private final Parcels parcels;
    private final OverdueParcels overdueParcels;
    private final DelayLevelsSource levels;
    private final ParcelAnnouncer announcer;
    private final OptimisticAttempts attempts;

    public SilentParcels(
            Parcels parcels,
            OverdueParcels overdueParcels,
            DelayLevelsSource levels,
            ParcelAnnouncer announcer,
            OptimisticAttempts attempts) {
        this.parcels = parcels;
        this.overdueParcels = overdueParcels;
        this.levels = levels;
        this.announcer = announcer;
        this.attempts = attempts;
    }

    /**
     * What came of a search.
     *
     * @param found how many parcels were dealt with
     * @param failures the parcels that something went wrong with, and what; the next search finds them again
     * @param complete whether there are no more; if there are, the next search finds them
     */
    public record Outcome(int found, Map<ParcelId, RuntimeException> failures, boolean complete) {}

    /**
     * Deals with the parcels that are overdue, for as long as there is time. Each one that was dealt with is not
     * overdue any more before its next delay level, so that a search begins where the one before it stopped.
     */
    public Outcome search(Instant now, BooleanSupplier timeIsLeft) {
        DelayLevels current = levels.current();
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        Set<ParcelId> seen = new HashSet<>();
        while (timeIsLeft.getAsBoolean()) {
            List<ParcelId> overdue = overdueParcels.overdue(now, PAGE, seen);
            if (overdue.isEmpty()) {
                return new Outcome(seen.size() - failures.size(), failures, true);
            }
            for (ParcelId id : overdue) {
                if (!timeIsLeft.getAsBoolean()) {
                    break;
                }
                seen.add(id);
                try {
                    announcer.announce(tellSilence(id, now, current), current);
                } catch (RuntimeException failure) {
                    failures.put(id, failure);
                }
            }
        }
        return new Outcome(seen.size() - failures.size(), failures, false);
    }

    /** Writes even what has not changed: a parcel that was scanned meanwhile must leave the index, too. */
    private Parcel tellSilence(ParcelId id, Instant now, DelayLevels current) {
        return attempts.run(() -> {
            Parcel after = parcels.find(Set.of(id))
                    .getOrDefault(id, Parcel.unknown(id))
                    .silentAt(now);
            parcels.write(after, after.overdueAt(current));
            return after;
        });
    }
}
