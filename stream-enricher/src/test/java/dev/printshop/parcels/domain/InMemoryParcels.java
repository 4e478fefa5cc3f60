package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * An in-memory parcels table, which fulfils the contracts of the ports. A test can make any call fail, or simulate a
 * concurrent change, by {@link #before} and {@link #after}.
 */
public final class InMemoryParcels implements Parcels, OverdueParcels, TrackedParcels {

    private static final int PARTS = 2;

    private final Map<ParcelId, Parcel> parcels =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private final Map<ParcelId, TreeSet<Scan>> histories = new HashMap<>();

    /** Parcels, and places of scans, that can't be read. */
    private final Set<Object> damaged = new HashSet<>();

    /** Code to run before or after a call, with its name and the parcel's id, or several ids. */
    @FunctionalInterface
    public interface Trouble {
        void at(String call, Collection<ParcelId> ids);
    }

    public Trouble before = (call, ids) -> {};

    /** Makes a call fail after it has taken effect, as when its answer is lost. */
    public Trouble after = (call, ids) -> {};

    public final List<String> calls = new ArrayList<>();

    private void begin(String call, Collection<ParcelId> ids) {
        calls.add(call);
        before.at(call, ids);
    }

    /** From now on, a parcel's item can't be read. */
    public void damage(ParcelId stored) {
        damaged.add(stored);
    }

    /** From now on, a stored scan can't be read. */
    public void damage(Scan.Place stored) {
        damaged.add(stored);
    }

    @Override
    public synchronized Map<ParcelId, Parcel> find(Collection<ParcelId> ids) {
        begin("find", ids);
        Map<ParcelId, Parcel> found = new LinkedHashMap<>();
        Map<ParcelId, RuntimeException> unreadable = new LinkedHashMap<>();
        for (ParcelId id : ids) {
            try {
                requireReadable(id);
                Optional.ofNullable(parcels.get(id)).ifPresent(parcel -> found.put(id, parcel));
            } catch (IllegalStateException e) {
                unreadable.put(id, e);
            }
        }
        if (!unreadable.isEmpty()) {
            throw new UnreadableParcelsException(found, unreadable);
        }
        return found;
    }

    /** Stores scan by scan: a failure of one doesn't affect the others. */
    @Override
    public synchronized Kept keep(Collection<Scan> scans) {
        calls.add("keep");
        Map<Scan.Place, Scan> stored = new LinkedHashMap<>();
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        for (Scan scan : scans) {
            List<ParcelId> id = List.of(scan.parcel());
            try {
                before.at("keep", id);
                TreeSet<Scan> history = histories.computeIfAbsent(scan.parcel(), _ -> new TreeSet<>(Scan.BY_TIME));
                history.add(scan); // has no effect when one with the same time and id exists
                requireReadable(scan.place());
                stored.put(scan.place(), history.ceiling(scan));
                after.at("keep", id);
            } catch (RuntimeException e) {
                failures.put(scan.parcel(), e);
            }
        }
        return new Kept(
                stored.values().stream()
                        .filter(scan -> !failures.containsKey(scan.parcel()))
                        .toList(),
                scans.stream()
                        .filter(scan -> !failures.containsKey(scan.parcel()))
                        .filter(scan -> !scan.equals(stored.get(scan.place())))
                        .toList(),
                failures);
    }

    @Override
    public synchronized List<Scan> history(ParcelId id) {
        begin("history", List.of(id));
        List<Scan> history = readable(scansOf(id));
        after.at("history", List.of(id));
        return history;
    }

    @Override
    public synchronized Optional<TrackedParcel> track(ParcelId id, Optional<ScanPosition> before) {
        begin("track", List.of(id));
        requireReadable(id);
        Optional<TrackedParcel> tracked = Optional.ofNullable(parcels.get(id)).map(parcel -> tracked(parcel, before));
        after.at("track", List.of(id));
        return tracked;
    }

    private TrackedParcel tracked(Parcel parcel, Optional<ScanPosition> before) {
        List<Scan> scans = scansOf(parcel.id()).stream()
                .filter(scan -> before.isEmpty() || scan.position().compareTo(before.get()) < 0)
                .toList();
        List<Scan> newest = readable(scans.subList(Math.max(0, scans.size() - TrackedParcel.MAX_SCANS), scans.size()));
        return new TrackedParcel(
                parcel,
                newest,
                newest.size() < scans.size() ? Optional.of(newest.getFirst().position()) : Optional.empty());
    }

    private List<Scan> readable(List<Scan> scans) {
        scans.forEach(scan -> requireReadable(scan.place()));
        return scans;
    }

    /** Fails when a parcel, or a scan's place, is damaged. */
    private void requireReadable(Object stored) {
        if (damaged.contains(stored)) {
            throw new IllegalStateException("damaged: " + stored);
        }
    }

    @Override
    public synchronized Parcel write(Parcel parcel) {
        begin("write", List.of(parcel.id()));
        Parcel current = get(parcel.id());
        if (current.version() != parcel.version()) {
            throw new ConcurrentChangeException("others were quicker");
        }
        Parcel written = parcel.written();
        parcels.put(parcel.id(), stored(written, current.announced(), written.overdueAt()));
        after.at("write", List.of(parcel.id()));
        return written;
    }

    @Override
    public synchronized void markAnnounced(Parcel parcel, Set<String> keys) {
        begin("markAnnounced", List.of(parcel.id()));
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a set in a table is not empty");
        }
        parcels.computeIfPresent(parcel.id(), (_, current) -> {
            Set<String> announced = new HashSet<>(current.announced());
            announced.addAll(keys);
            boolean unchanged = current.version() == parcel.version();
            return stored(current, announced, unchanged ? parcel.overdueAt() : current.overdueAt());
        });
        after.at("markAnnounced", List.of(parcel.id()));
    }

    /** Reads the parcels segment by segment, as from an index. */
    @Override
    public boolean overdue(Instant until, Predicate<List<ParcelId>> page) {
        return due(until).stream().allMatch(page);
    }

    private synchronized List<List<ParcelId>> due(Instant until) {
        begin("overdue", List.of());
        Map<Integer, List<Parcel>> parts = parcels.values().stream()
                .filter(parcel ->
                        parcel.overdueAt().filter(at -> !at.isAfter(until)).isPresent())
                .sorted(Comparator.comparing(parcel -> parcel.overdueAt().orElseThrow()))
                .collect(Collectors.groupingBy(
                        parcel -> Math.floorMod(parcel.id().hashCode(), PARTS)));
        return parts.values().stream()
                .flatMap(part -> part.stream().map(Parcel::id).gather(Gatherers.windowFixed(100)))
                .toList();
    }

    public Parcel get(ParcelId id) {
        return parcels.getOrDefault(id, Parcel.unknown(id));
    }

    public List<Scan> scansOf(ParcelId id) {
        return List.copyOf(histories.getOrDefault(id, new TreeSet<>(Scan.BY_TIME)));
    }

    /** The parcel as stored in a table, with times in milliseconds. */
    private static Parcel stored(Parcel parcel, Set<String> announced, Optional<Instant> overdueAt) {
        return new Parcel(
                parcel.id(),
                parcel.version(),
                parcel.plan(),
                parcel.latestScans(),
                parcel.position(),
                parcel.arrivals(),
                parcel.silence().map(silence -> new Parcel.Silence(silence.stop(), inMillis(silence.delay()))),
                parcel.worstSilence()
                        .map(worst -> new Parcel.WorstDelay(
                                inMillis(worst.delay()),
                                worst.cause(),
                                worst.measuredAt().map(at -> at.truncatedTo(ChronoUnit.MILLIS)))),
                parcel.breaches(),
                parcel.delivery(),
                announced,
                overdueAt.map(at -> at.truncatedTo(ChronoUnit.MILLIS)));
    }

    private static Duration inMillis(Duration delay) {
        return delay.truncatedTo(ChronoUnit.MILLIS);
    }
}
