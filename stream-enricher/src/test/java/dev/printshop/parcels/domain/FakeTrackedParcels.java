package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Parcels in memory, and a look-up that can fail. */
public final class FakeTrackedParcels implements TrackedParcels {

    private final Map<ParcelId, TrackedParcel> parcels = new HashMap<>();
    private Optional<RuntimeException> failure = Optional.empty();

    /** From now on, this parcel is known. */
    public void add(TrackedParcel tracked) {
        parcels.put(tracked.parcel().id(), tracked);
    }

    /** From now on, every look-up fails. */
    public void fail(RuntimeException with) {
        failure = Optional.of(with);
    }

    @Override
    public Optional<TrackedParcel> track(ParcelId id) {
        failure.ifPresent(found -> {
            throw found;
        });
        return Optional.ofNullable(parcels.get(id));
    }
}
