package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import java.util.List;

class FakeVariantsTest extends VariantsContract {

    private final FakeVariants variants = new FakeVariants();

    @Override
    protected Variants variants() {
        return variants;
    }

    @Override
    protected String owner() {
        return "anna";
    }

    @Override
    protected List<String> keys(PhotoId photo) {
        return variants.keys(photo);
    }

    @Override
    protected String content(String key) {
        return variants.content(key);
    }
}
