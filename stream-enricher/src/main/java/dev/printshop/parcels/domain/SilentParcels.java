package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelEventsNotPublishedException;
import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Finds parcels that were not scanned where they should have been, and announces that they are delayed. It also
 * announces what others left unannounced, of any parcel.
 */
public final class SilentParcels {

    /** The calls that one parcel takes: reading and writing it, announcing its events, and marking them. */
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
     * What came of a search.
     *
     * @param found how many parcels had something to announce
     * @param failures the parcels that something went wrong with, and what; the next search finds them again
     * @param complete whether all were read; if not, the next search does
     * @param interruption what kept parcels from being found; none when all were, or when there was no time
     */
    public record Outcome(
            int found,
            Map<ParcelId, RuntimeException> failures,
            boolean complete,
            Optional<RuntimeException> interruption) {}

    /**
     * Looks at the parcels that have something to announce or should have been scanned, for as long as there is time.
     * Those that are silent, but not long enough for the next level, are read a hundred at a time and left as they are.
     * A bus that is out of reach ends the search: it would fail in the same way for each parcel.
     *
     * @param asOf until when all scans are known: no parcel counts as silent for longer
     */
    public Outcome search(Instant asOf, BooleanSupplier timeIsLeft) {
        DelayLevels current = levels.current();
        Instant silentForALevel = asOf.minus(current.smallest());
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        Set<ParcelId> found = new HashSet<>();
        AtomicBoolean allRead = new AtomicBoolean(true);
        Predicate<List<ParcelId>> announcing = page -> {
            Map<ParcelId, Parcel> read;
            try {
                read = read(page, failures);
            } catch (RuntimeException unread) {
                page.forEach(id -> failures.put(id, unread));
                allRead.set(false);
                return timeIsLeft.getAsBoolean();
            }
            for (ParcelId id : withNews(read.values(), asOf, current)) {
                if (!timeIsLeft.getAsBoolean()) {
                    return false;
                }
                try {
                    announcer.announce(bringUpToDate(id, asOf, current), current);
                    found.add(id);
                } catch (RuntimeException failure) {
                    failures.put(id, failure);
                    if (failure instanceof ParcelEventsNotPublishedException notPublished
                            && notPublished.isTransient()) {
                        return false;
                    }
                }
            }
            return timeIsLeft.getAsBoolean();
        };
        Instant until = silentForALevel.isBefore(Parcel.AT_ONCE) ? Parcel.AT_ONCE : silentForALevel;
        try {
            boolean allFound = overdueParcels.overdue(until, announcing);
            return new Outcome(found.size(), failures, allFound && allRead.get(), Optional.empty());
        } catch (RuntimeException interruption) {
            return new Outcome(found.size(), failures, false, Optional.of(interruption));
        }
    }

    private Map<ParcelId, Parcel> read(List<ParcelId> page, Map<ParcelId, RuntimeException> failures) {
        try {
            return parcels.find(page);
        } catch (UnreadableParcelsException partly) {
            failures.putAll(partly.unreadable());
            return partly.found();
        }
    }

    /** Those of some parcels that have something to announce, or are not found at the time that they should be. */
    private static List<ParcelId> withNews(Collection<Parcel> read, Instant asOf, DelayLevels current) {
        return read.stream()
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
