package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;

class FakeDecisionsTest extends DecisionsContract {

    private final FakeDecisions decisions = new FakeDecisions();

    @Override
    protected Decisions decisions() {
        return decisions;
    }

    @Override
    protected void storeOfALaterVersionOfTheCode(PhotoId photo, PhotoVersion version) {
        decisions.storeOfALaterVersionOfTheCode(photo, version);
    }

    @Override
    protected String owner() {
        return "anna";
    }
}
