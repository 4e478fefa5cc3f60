package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A bucket of variants in memory, which can fail in the midst of storing. */
final class FakeVariants implements Variants {

    private record Stored(String content, PhotoVersion version) {}

    private final Map<String, Stored> stored = new TreeMap<>();
    private int storesUntilFailure = Integer.MAX_VALUE;

    /** Lets so many variants be stored, and fails on the next. */
    void failAfter(int stores) {
        storesUntilFailure = stores;
    }

    Set<String> keys() {
        return Set.copyOf(stored.keySet());
    }

    /** What the variants of a photo were made from; they tell by their content. */
    Set<String> contents(PhotoId photo) {
        return stored.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix(photo)))
                .map(entry -> entry.getValue().content())
                .collect(java.util.stream.Collectors.toSet());
    }

    @Override
    public boolean store(String key, RenderedVariant variant, PhotoVersion version) {
        if (storesUntilFailure-- == 0) {
            storesUntilFailure = Integer.MAX_VALUE;
            throw new IllegalStateException("The bucket is slow today");
        }
        Stored present = stored.get(key);
        if (present != null && present.version().isAfter(version)) {
            return false;
        }
        stored.put(key, new Stored(new String(variant.content(), StandardCharsets.UTF_8), version));
        return true;
    }

    @Override
    public void remove(PhotoId photo, PhotoVersion upTo, Set<String> keysToKeep) {
        stored.entrySet()
                .removeIf(entry -> entry.getKey().startsWith(prefix(photo))
                        && !keysToKeep.contains(entry.getKey())
                        && !entry.getValue().version().isAfter(upTo));
    }

    private static String prefix(PhotoId photo) {
        return "variants/%s/%s/".formatted(photo.owner(), photo.id());
    }
}
