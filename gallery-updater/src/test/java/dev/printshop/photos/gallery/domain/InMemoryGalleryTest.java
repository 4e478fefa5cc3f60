package dev.printshop.photos.gallery.domain;

import dev.printshop.photos.gallery.domain.InMemoryGallery.Profile;

class InMemoryGalleryTest extends GalleryContract {

    private final InMemoryGallery gallery = new InMemoryGallery();

    @Override
    protected Gallery gallery() {
        return gallery;
    }

    @Override
    protected String owner() {
        return "anna";
    }

    @Override
    protected Counters counters() {
        Profile profile = gallery.profile("anna");
        return new Counters(profile.photosReady(), profile.photosRejected());
    }
}
