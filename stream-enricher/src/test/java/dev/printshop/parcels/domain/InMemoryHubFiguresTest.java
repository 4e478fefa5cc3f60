package dev.printshop.parcels.domain;

class InMemoryHubFiguresTest extends HubFiguresContract {

    private final InMemoryHubFigures figures = new InMemoryHubFigures();

    @Override
    protected HubFigures figures() {
        return figures;
    }
}
