package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings scans into the history and the state of their parcels, and announces what follows.
 *
 * <p>Scans may come twice, late, in any order, and again after any failure: the history has one place for each scan,
 * and {@link Parcel} is the same whatever the order.
 */
public final class ScanEnricher {

    private final Parcels parcels;
    private final DelayLevelsSource levels;
    private final ParcelAnnouncer announcer;
    private final OptimisticAttempts attempts;

    public ScanEnricher(
            Parcels parcels, DelayLevelsSource levels, ParcelAnnouncer announcer, OptimisticAttempts attempts) {
        this.parcels = parcels;
        this.levels = levels;
        this.announcer = announcer;
        this.attempts = attempts;
    }

    /**
     * Takes some scans in. All parcels are read in a few calls and all scans are kept in a few; only a parcel whose
     * state changes costs a call of its own.
     *
     * @return the parcels that something went wrong with, and what; their scans must be brought again
     * @throws RuntimeException when something went wrong with all of them
     */
    public Map<ParcelId, RuntimeException> enrich(List<Scan> scans) {
        DelayLevels current = levels.current();
        Map<ParcelId, List<Scan>> byParcel =
                scans.stream().collect(Collectors.groupingBy(Scan::parcel, LinkedHashMap::new, Collectors.toList()));
        Map<ParcelId, Parcel> found = parcels.find(byParcel.keySet());
        parcels.keep(scans);
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        Map<ParcelId, Parcel> written = new LinkedHashMap<>();
        byParcel.forEach((id, itsScans) -> {
            try {
                Parcel before = found.getOrDefault(id, Parcel.unknown(id));
                written.put(id, bringUpToDate(before, itsScans, current));
            } catch (RuntimeException failure) {
                failures.put(id, failure);
            }
        });
        announce(written, current, failures);
        return failures;
    }

    private Parcel bringUpToDate(Parcel found, Collection<Scan> scans, DelayLevels current) {
        Deque<Parcel> foundBefore = new ArrayDeque<>(List.of(found));
        return attempts.run(() -> {
            Parcel before = foundBefore.isEmpty() ? find(found.id()) : foundBefore.pop();
            Parcel after = before;
            for (Scan scan : scans) {
                after = after.with(scan);
            }
            // Without a plan the parcel is written in any case. Its version tells ParcelRegistrar, which may have read
            // the history before these scans were kept, to read it again.
            if (before.plan().isEmpty() || !after.equals(before)) {
                parcels.write(after, after.overdueAt(current));
            }
            return after;
        });
    }

    private Parcel find(ParcelId id) {
        return parcels.find(Set.of(id)).getOrDefault(id, Parcel.unknown(id));
    }

    private void announce(
            Map<ParcelId, Parcel> written, DelayLevels current, Map<ParcelId, RuntimeException> failures) {
        try {
            announcer.announce(written.values(), current);
        } catch (RuntimeException failure) {
            written.values().stream()
                    .filter(parcel -> !parcel.unannounced(current).isEmpty())
                    .forEach(parcel -> failures.put(parcel.id(), failure));
        }
    }
}
