package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelId;
import java.util.Collection;
import java.util.Map;

/** Where parcels are looked up. */
public interface KnownParcels {

    /**
     * The parcels with these ids, with every change that was written before; those that nothing is known of are
     * missing.
     *
     * @throws UnreadableParcelsException when some can't be read; it has the others
     */
    Map<ParcelId, Parcel> find(Collection<ParcelId> ids);
}
