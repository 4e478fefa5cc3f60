package dev.printshop.photos.resizing.domain;

class FakeDecisionsTest extends DecisionsContract {

    private final FakeDecisions decisions = new FakeDecisions();

    @Override
    protected Decisions decisions() {
        return decisions;
    }

    @Override
    protected String owner() {
        return "anna";
    }
}
