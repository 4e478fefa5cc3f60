package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import java.util.Set;

/** The store of variants, under the keys of {@link VariantKeys}. */
public interface Variants {

    /** Stores a variant; an existing one under the key is replaced. */
    void store(String key, RenderedVariant variant);

    /**
     * Whether there are variants of a photo that were made for one of the versions from the first to the last given,
     * both included, other than those of the keys.
     */
    boolean holds(PhotoId photo, PhotoVersion first, PhotoVersion last, Set<String> otherThan);

    /**
     * Removes the variants of a photo that were made for the given version or an earlier one, except those to keep.
     */
    void remove(PhotoId photo, PhotoVersion upTo, Set<String> keysToKeep);
}
