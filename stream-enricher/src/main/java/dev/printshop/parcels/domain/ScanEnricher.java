package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
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
 * Adds scans to the history and the state of their parcels, and announces the resulting events.
 *
 * <p>Scans may be duplicated, late, in any order, and may be retried after any failure: the history has one place for
 * each scan, and {@link Parcel} doesn't depend on their order.
 */
public final class ScanEnricher {

    /** The number of parcels that are read in one call and fail together when it fails. */
    private static final int READ_BATCH_SIZE = 100;

    /** The calls from the handling of a parcel to the end: writing it, announcing its events, and marking them. */
    public static final int CALLS_FOR_A_PARCEL = 2 + ParcelAnnouncer.CALLS_FOR_A_MARK;

    /** The calls before the first parcel: reading the levels, storing the scans, and reading the parcels. */
    private static final int CALLS_FOR_ALL = 3;

    /** The calls for one parcel alone. */
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
     * The result for scans.
     *
     * @param failures the parcels that failed, or for which no time was left, and why; their scans must be retried
     * @param refused scans that are not stored, because others with the same place and different content were stored
     *     before
     */
    public record Result(Map<ParcelId, RuntimeException> failures, List<Scan> refused) {}

    /**
     * Handles scans. All parcels are read and all scans are stored in a few calls; only a parcel whose state changes
     * needs a separate call. Events of written parcels are announced even if the time is over.
     *
     * @param callsLeft the number of further calls of the table and the bus for which time is left
     * @throws RuntimeException when all of them failed
     */
    public Result enrich(List<Scan> scans, IntSupplier callsLeft) {
        DelayLevels current = levels.current();
        Parcels.Kept kept = parcels.keep(scans);
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>(kept.failures());
        // The state is derived from the history, which may contain another scan in the place of a received one.
        Map<ParcelId, List<Scan>> byParcel = kept.stored().stream()
                .collect(Collectors.groupingBy(Scan::parcel, LinkedHashMap::new, Collectors.toList()));
        // Read after the scans are stored: if a parcel has no plan yet, ParcelRegistrar will find them in the history.
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

    /** Reads parcels in several calls, so that a failed call doesn't affect the others. */
    private Map<ParcelId, Parcel> find(Collection<ParcelId> ids, Map<ParcelId, RuntimeException> failures) {
        Map<ParcelId, Parcel> found = new HashMap<>();
        ids.stream().gather(Gatherers.windowFixed(READ_BATCH_SIZE)).forEach(some -> {
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
            after = ParcelEvents.withOverdueAt(after, current);
            return after.equals(before) ? after : parcels.write(after);
        });
    }

    private Parcel find(ParcelId id) {
        return parcels.find(Set.of(id)).getOrDefault(id, Parcel.unknown(id));
    }
}
