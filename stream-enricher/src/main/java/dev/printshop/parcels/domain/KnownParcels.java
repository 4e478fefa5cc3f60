package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import java.util.Collection;
import java.util.Map;

/** Lookup of parcels. */
public interface KnownParcels {

    /**
     * The parcels with these ids, by a consistent read; unknown parcels are missing in the result.
     *
     * @throws UnreadableParcelsException when some can't be read; it contains the others
     */
    Map<ParcelId, Parcel> find(Collection<ParcelId> ids);
}
