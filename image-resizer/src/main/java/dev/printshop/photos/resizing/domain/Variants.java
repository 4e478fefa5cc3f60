package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.util.Set;

/**
 * Where variants are kept. Each remembers the version of the photo that it was made from, and a writer or remover that
 * speaks for an older version never touches what a newer one left: that alone makes late and repeated events harmless.
 */
public interface Variants {

    /**
     * Stores a variant, unless one of a newer version is there.
     *
     * @return whether it was stored
     */
    boolean store(String key, RenderedVariant variant, PhotoVersion version);

    /**
     * Removes all variants of a photo that were made from the given version or an earlier one, but for those to keep.
     */
    void remove(PhotoId photo, PhotoVersion upTo, Set<String> keysToKeep);
}
