package dev.printshop.orders.domain;

class InMemoryPrintablePhotosTest extends PrintablePhotosContract {

    private final InMemoryPrintablePhotos photos = new InMemoryPrintablePhotos();

    @Override
    protected PrintablePhotos photos() {
        return photos;
    }
}
