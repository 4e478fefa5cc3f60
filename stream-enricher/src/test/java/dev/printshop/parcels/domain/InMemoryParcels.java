package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
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
import java.util.stream.Gatherers;

/**
 * The parcels table in memory. A test can make any call fail, or have somebody else come in between, by what it puts
 * into {@link #before} and {@link #after}.
 */
public final class InMemoryParcels implements Parcels, OverdueParcels {

    private final Map<ParcelId, Parcel> parcels =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private final Map<ParcelId, TreeSet<Scan>> histories = new HashMap<>();

    /** What happens before or after a call: its name and the parcel's id, or several. */
    @FunctionalInterface
    public interface Trouble {
        void at(String call, Collection<ParcelId> ids);
    }

    public Trouble before = (call, ids) -> {};

    /** Makes a call fail that took effect, as when its answer gets lost. */
    public Trouble after = (call, ids) -> {};

    public final List<String> calls = new ArrayList<>();

    private void begin(String call, Collection<ParcelId> ids) {
        calls.add(call);
        before.at(call, ids);
    }

    @Override
    public Map<ParcelId, Parcel> find(Collection<ParcelId> ids) {
        begin("find", ids);
        Map<ParcelId, Parcel> found = new LinkedHashMap<>();
        ids.forEach(id -> Optional.ofNullable(parcels.get(id)).ifPresent(parcel -> found.put(id, parcel)));
        return found;
    }

    /** Keeps scan by scan: trouble with one leaves the others. */
    @Override
    public Kept keep(Collection<Scan> scans) {
        calls.add("keep");
        Map<Scan.Place, Scan> stored = new LinkedHashMap<>();
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        for (Scan scan : scans) {
            List<ParcelId> id = List.of(scan.parcel());
            try {
                before.at("keep", id);
                TreeSet<Scan> history = histories.computeIfAbsent(scan.parcel(), _ -> new TreeSet<>(Scan.BY_TIME));
                history.add(scan); // has no effect when one of the same time and id is there
                stored.put(scan.place(), history.ceiling(scan));
                after.at("keep", id);
            } catch (RuntimeException trouble) {
                failures.put(scan.parcel(), trouble);
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
    public List<Scan> history(ParcelId id) {
        begin("history", List.of(id));
        return List.copyOf(histories.getOrDefault(id, new TreeSet<>(Scan.BY_TIME)));
    }

    @Override
    public Parcel write(Parcel parcel) {
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
    public void markAnnounced(Parcel parcel, Set<String> keys) {
        begin("markAnnounced", List.of(parcel.id()));
        Parcel current = get(parcel.id());
        Set<String> announced = new HashSet<>(current.announced());
        announced.addAll(keys);
        boolean unchanged = current.version() == parcel.version();
        parcels.put(parcel.id(), stored(current, announced, unchanged ? parcel.overdueAt() : current.overdueAt()));
        after.at("markAnnounced", List.of(parcel.id()));
    }

    @Override
    public boolean overdue(Instant until, Predicate<List<ParcelId>> page) {
        begin("overdue", List.of());
        return parcels.values().stream()
                .filter(parcel ->
                        parcel.overdueAt().filter(at -> !at.isAfter(until)).isPresent())
                .sorted(Comparator.comparing(parcel -> parcel.overdueAt().orElseThrow()))
                .map(Parcel::id)
                .gather(Gatherers.windowFixed(100))
                .toList()
                .stream()
                .allMatch(page);
    }

    public Parcel get(ParcelId id) {
        return parcels.getOrDefault(id, Parcel.unknown(id));
    }

    public List<Scan> scansOf(ParcelId id) {
        return List.copyOf(histories.getOrDefault(id, new TreeSet<>(Scan.BY_TIME)));
    }

    private static Parcel stored(Parcel parcel, Set<String> announced, Optional<Instant> overdueAt) {
        return new Parcel(
                parcel.id(),
                parcel.version(),
                parcel.plan(),
                parcel.latestScans(),
                parcel.position(),
                parcel.lateness(),
                parcel.silence(),
                parcel.worst(),
                parcel.breaches(),
                parcel.delivery(),
                announced,
                overdueAt);
    }
}
