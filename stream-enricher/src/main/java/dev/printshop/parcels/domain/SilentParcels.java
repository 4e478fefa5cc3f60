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

/**
 * Finds parcels that were not scanned where they should have been, and announces that they are delayed. It also
 * announces what others left unannounced, of any parcel.
 */
public final class SilentParcels {

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
     * @param found how many parcels had something to announce
     * @param failures the parcels that something went wrong with, and what; the next search finds them again
     * @param complete whether all were looked at; if not, the next search does
     */
    public record Outcome(int found, Map<ParcelId, RuntimeException> failures, boolean complete) {}

    /**
     * Looks at the parcels that have something to announce or should have been scanned, for as long as there is time.
     * Those that are silent, but not long enough for the next level, are read a hundred at a time and left as they are.
     *
     * @param asOf until when all scans are known: no parcel counts as silent for longer
     */
    public Outcome search(Instant asOf, BooleanSupplier timeIsLeft) {
        DelayLevels current = levels.current();
        Instant silentForALevel = asOf.minus(current.smallest());
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        Set<ParcelId> found = new HashSet<>();
        boolean complete = overdueParcels.overdue(
                silentForALevel.isBefore(Parcel.AT_ONCE) ? Parcel.AT_ONCE : silentForALevel, page -> {
                    for (ParcelId id : withNews(page, asOf, current, failures)) {
                        if (!timeIsLeft.getAsBoolean()) {
                            return false;
                        }
                        try {
                            announcer.announce(bringUpToDate(id, asOf, current), current);
                            found.add(id);
                        } catch (RuntimeException failure) {
                            failures.put(id, failure);
                        }
                    }
                    return timeIsLeft.getAsBoolean();
                });
        return new Outcome(found.size(), failures, complete);
    }

    /** Those of some parcels that have something to announce, or are not found at the time that they should be. */
    private List<ParcelId> withNews(
            List<ParcelId> page, Instant asOf, DelayLevels current, Map<ParcelId, RuntimeException> failures) {
        Map<ParcelId, Parcel> found;
        try {
            found = parcels.find(page);
        } catch (UnreadableParcelsException partly) {
            found = partly.found();
            failures.putAll(partly.unreadable());
        } catch (RuntimeException failure) {
            page.forEach(id -> failures.put(id, failure));
            return List.of();
        }
        return found.values().stream()
                .filter(parcel -> !parcel.silentAt(asOf).unannounced(current).isEmpty()
                        || !parcel.withOverdueAt(current).equals(parcel))
                .map(Parcel::id)
                .toList();
    }

    private Parcel bringUpToDate(ParcelId id, Instant asOf, DelayLevels current) {
        return attempts.run(() -> {
            Parcel before = parcels.find(Set.of(id)).getOrDefault(id, Parcel.unknown(id));
            Parcel after = before.silentAt(asOf).withOverdueAt(current);
            return after.equals(before) ? before : parcels.write(after);
        });
    }
}
