package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;

class InMemoryParcelsTest extends ParcelsContract {

    private final InMemoryParcels parcels = new InMemoryParcels();

    @Override
    protected Parcels parcels() {
        return parcels;
    }

    @Override
    protected OverdueParcels overdueParcels() {
        return parcels;
    }

    @Override
    protected TrackedParcels trackedParcels() {
        return parcels;
    }

    @Override
    protected void damage(ParcelId stored) {
        parcels.damage(stored);
    }

    @Override
    protected void damage(Scan.Place stored) {
        parcels.damage(stored);
    }
}
