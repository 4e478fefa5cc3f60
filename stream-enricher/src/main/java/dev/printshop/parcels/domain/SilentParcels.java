package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelEventsNotPublishedException;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Finds parcels without a scan at a stop where they are overdue, and announces that they are delayed. It also announces
 * events of any parcel that were written and not announced.
 */
public final class SilentParcels {

    /** The calls for one parcel: reading and writing it, announcing its events, and marking them. */
    public static final int CALLS_FOR_A_PARCEL = 3 + ParcelAnnouncer.CALLS_FOR_A_MARK;

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
     * The result of a search.
     *
     * @param found the number of parcels with events to announce
     * @param failures the parcels that failed, and why; the next search finds them again
     * @param complete whether all were read; if not, the next search reads the rest
     * @param interruption the failure that prevented parcels from being found or announced: an index or a page of
     *     parcels that can't be read, or an unreachable bus; nothing is thrown
     */
    public record Outcome(
            int found,
            Map<ParcelId, RuntimeException> failures,
            boolean complete,
            Optional<RuntimeException> interruption) {}

    /**
     * Checks the parcels that have events to announce or are overdue, as long as there is time. Those that are silent,
     * but not long enough for the next level, are read a hundred at a time and not changed. An unreachable bus ends the
     * search: it would fail in the same way for each parcel.
     *
     * @param asOf the time until which all scans are known: no parcel counts as silent beyond it
     */
    public Outcome search(Instant asOf, BooleanSupplier timeIsLeft) {
        Search search = new Search(asOf, timeIsLeft);
        boolean allFound = false;
        try {
            DelayLevels current = levels.current();
            allFound = overdueParcels.overdue(until(asOf, current), page -> search.lookAt(page, current));
        } catch (RuntimeException e) {
            search.interruptions.add(e);
        }
        return new Outcome(
                search.found.size(),
                search.failures,
                allFound && search.interruptions.isEmpty(),
                search.interruptions.stream().findFirst());
    }

    /** The latest planned time of a parcel that can be silent for a level by now. */
    private static Instant until(Instant asOf, DelayLevels current) {
        Instant silentForALevel = asOf.minus(current.smallest());
        return silentForALevel.isBefore(Parcel.IMMEDIATELY) ? Parcel.IMMEDIATELY : silentForALevel;
    }

    /** One search and its result. */
    private final class Search {

        private final Instant asOf;
        private final BooleanSupplier timeIsLeft;
        private final Set<ParcelId> found = new HashSet<>();
        private final Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        private final List<RuntimeException> interruptions = new ArrayList<>();

        Search(Instant asOf, BooleanSupplier timeIsLeft) {
            this.asOf = asOf;
            this.timeIsLeft = timeIsLeft;
        }

        /** Announces the new events of some parcels, and returns whether to continue. */
        boolean lookAt(List<ParcelId> page, DelayLevels current) {
            for (ParcelId id : withNews(page, current)) {
                if (!timeIsLeft.getAsBoolean()) {
                    return false;
                }
                try {
                    announcer.announce(bringUpToDate(id, asOf, current), current);
                    found.add(id);
                } catch (ParcelEventsNotPublishedException e) {
                    failures.put(id, e);
                    if (e.isTransient()) {
                        interruptions.add(e);
                        return false;
                    }
                } catch (RuntimeException e) {
                    failures.put(id, e);
                }
            }
            return timeIsLeft.getAsBoolean();
        }

        /** The parcels that have events to announce, or whose stored time is outdated. */
        private List<ParcelId> withNews(List<ParcelId> page, DelayLevels current) {
            return read(page).stream()
                    .filter(parcel -> !ParcelEvents.unannounced(DelayPolicy.silentAt(parcel, asOf), current)
                                    .isEmpty()
                            || !ParcelEvents.withOverdueAt(parcel, current).equals(parcel))
                    .map(Parcel::id)
                    .toList();
        }

        private Collection<Parcel> read(List<ParcelId> page) {
            try {
                return parcels.find(page).values();
            } catch (UnreadableParcelsException e) {
                failures.putAll(e.unreadable());
                return e.found().values();
            } catch (RuntimeException e) {
                page.forEach(id -> failures.put(id, e));
                interruptions.add(e);
                return List.of();
            }
        }
    }

    private Parcel bringUpToDate(ParcelId id, Instant asOf, DelayLevels current) {
        return attempts.run(() -> {
            Parcel before = parcels.find(Set.of(id)).getOrDefault(id, Parcel.unknown(id));
            Parcel after = ParcelEvents.withOverdueAt(DelayPolicy.silentAt(before, asOf), current);
            return after.equals(before) ? before : parcels.write(after);
        });
    }
}
