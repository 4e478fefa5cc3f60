package dev.printshop.parcels.domain;

class InMemoryWatermarksTest extends WatermarksContract {

    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();

    @Override
    protected Watermarks watermarks() {
        return watermarks;
    }
}
