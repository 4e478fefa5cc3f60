package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Brings scans into the history and the state of their parcels, and announces what follows.
 *
 * <p>Scans may come twice, late, in any order, and again after any failure: the history has one place for each scan,
 * and {@link Parcel} is the same whatever the order.
 */
public final class ScanEnricher {

    /** So many parcels are found in one call, and fail together when it fails. */
    private static final int FOUND_AT_ONCE = 100;

    /** The calls from a parcel's turn to the end of all: writing it, announcing its events, and marking them. */
    public static final int CALLS_FOR_A_PARCEL = 2 + ParcelAnnouncer.CALLS_FOR_A_MARK;

    /** The calls before the first parcel's turn: reading the levels, keeping the scans, and finding the parcels. */
    private static final int CALLS_FOR_ALL = 3;

    /** The calls that one parcel alone takes. */
    public static final int CALLS_FOR_A_PARCEL_ALONE = CALLS_FOR_ALL + CALLS_FOR_A_PARCEL;

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
     * What came of scans.
     *
     * @param failures the parcels that something went wrong with, or that there was no time for, and what; their scans
     *     must be brought again
     * @param refused scans that are not kept, because others with the same place and other content were stored before
     */
    public record Result(Map<ParcelId, RuntimeException> failures, List<Scan> refused) {}

    /**
     * Takes some scans in. All parcels are read in a few calls and all scans are kept in a few; only a parcel whose
     * state changes costs a call of its own. Whatever was written is announced, also when time runs out.
     *
     * @param callsLeft how many more calls of the table and the bus there is time for
     * @throws RuntimeException when something went wrong with all of them
     */
    public Result enrich(List<Scan> scans, IntSupplier callsLeft) {
        DelayLevels current = levels.current();
        Parcels.Kept kept = parcels.keep(scans);
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>(kept.failures());
        // The state is made of what the history has, which may be another scan than the one that came now.
        Map<ParcelId, List<Scan>> byParcel = kept.stored().stream()
                .collect(Collectors.groupingBy(Scan::parcel, LinkedHashMap::new, Collectors.toList()));
        // After the scans are kept: if a parcel has no plan by then, ParcelRegistrar will find them in the history.
        Map<ParcelId, Parcel> found = find(byParcel.keySet(), failures);
        byParcel.keySet().removeAll(failures.keySet());
        List<Parcel> written = new ArrayList<>();
        byParcel.forEach((id, itsScans) -> {
            if (callsLeft.getAsInt() < CALLS_FOR_A_PARCEL) {
                failures.put(id, new NoTimeLeftException("No time left"));
                return;
            }
            try {
                written.add(bringUpToDate(found.getOrDefault(id, Parcel.unknown(id)), itsScans, current));
            } catch (RuntimeException e) {
                failures.put(id, e);
            }
        });
        failures.putAll(announcer.announceEach(
                written, current, () -> callsLeft.getAsInt() >= ParcelAnnouncer.CALLS_FOR_A_MARK));
        return new Result(failures, kept.refused());
    }

    /** Finds parcels some at a time, so that a call that fails takes no others with it. */
    private Map<ParcelId, Parcel> find(Collection<ParcelId> ids, Map<ParcelId, RuntimeException> failures) {
        Map<ParcelId, Parcel> found = new HashMap<>();
        ids.stream().gather(Gatherers.windowFixed(FOUND_AT_ONCE)).forEach(some -> {
            try {
                found.putAll(parcels.find(some));
            } catch (UnreadableParcelsException e) {
                found.putAll(e.found());
                failures.putAll(e.unreadable());
            } catch (RuntimeException e) {
                some.forEach(id -> failures.put(id, e));
            }
        });
        return found;
    }

    private Parcel bringUpToDate(Parcel found, Collection<Scan> scans, DelayLevels current) {
        Deque<Parcel> foundBefore = new ArrayDeque<>(List.of(found));
        return attempts.run(() -> {
            Parcel before = foundBefore.isEmpty() ? find(found.id()) : foundBefore.pop();
            Parcel after = before;
            for (Scan scan : scans) {
                after = after.with(scan);
            }
            after = after.withOverdueAt(current);
            return after.equals(before) ? after : parcels.write(after);
        });
    }

    private Parcel find(ParcelId id) {
        return parcels.find(Set.of(id)).getOrDefault(id, Parcel.unknown(id));
    }
}
