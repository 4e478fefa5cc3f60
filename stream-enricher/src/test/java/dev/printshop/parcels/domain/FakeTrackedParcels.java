package dev.printshop.parcels.domain;

import static java.util.Objects.requireNonNull;

import dev.printshop.shared.events.ParcelId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parcels in memory, and a look-up that can fail. */
public final class FakeTrackedParcels implements TrackedParcels {

    private final Map<ParcelId, Parcel> parcels = new HashMap<>();
    private final Map<ParcelId, List<Scan>> histories = new HashMap<>();
    private Optional<RuntimeException> failure = Optional.empty();

    /** From now on, this parcel is known. */
    public void add(Parcel parcel, List<Scan> history) {
        parcels.put(parcel.id(), parcel);
        histories.put(parcel.id(), history);
    }

    /** From now on, every look-up fails. */
    public void fail(RuntimeException with) {
        failure = Optional.of(with);
    }

    @Override
    public Optional<TrackedParcel> track(ParcelId id, Optional<ScanPosition> before) {
        failure.ifPresent(found -> {
            throw found;
        });
        return Optional.ofNullable(parcels.get(id)).map(parcel -> tracked(parcel, before));
    }

    private TrackedParcel tracked(Parcel parcel, Optional<ScanPosition> before) {
        List<Scan> scans = requireNonNull(histories.get(parcel.id())).stream()
                .filter(scan -> before.isEmpty() || scan.position().compareTo(before.get()) < 0)
                .sorted(Scan.BY_TIME)
                .toList();
        List<Scan> newest = scans.subList(Math.max(0, scans.size() - TrackedParcel.MAX_SCANS), scans.size());
        return new TrackedParcel(
                parcel,
                newest,
                newest.size() < scans.size() ? Optional.of(newest.getFirst().position()) : Optional.empty());
    }
}
