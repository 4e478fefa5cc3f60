package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An in-memory bucket of variants. Keys are listed and deleted one by one, as in S3, with a step before and after each
 * call, which can fail.
 */
public final class FakeVariants implements Variants {

    private final Map<String, String> stored = new TreeMap<>();
    private final Set<String> replacedByOthers = new TreeSet<>();
    private int storesUntilFailure = Integer.MAX_VALUE;
    private Runnable step = () -> {};

    /** Accepts a number of variants, and fails on the next one. */
    void failAfter(int stores) {
        storesUntilFailure = stores;
    }

    void onEachStep(Runnable step) {
        this.step = step;
    }

    /** The keys of all variants. */
    public Set<String> keys() {
        return Set.copyOf(stored.keySet());
    }

    /** The contents of the variants with these keys; each has that of the upload that it was made from. */
    Set<String> contents(Collection<String> keys) {
        return keys.stream().map(stored::get).collect(Collectors.toSet());
    }

    /** The contents of all variants of a photo. */
    public Set<String> contents(PhotoId photo) {
        return contents(keys(photo));
    }

    /** The keys whose content was replaced by another one, which caches would not notice. */
    Set<String> keysOfChangedContent() {
        return replacedByOthers;
    }

    List<String> keys(PhotoId photo) {
        return stored.keySet().stream()
                .filter(key -> key.startsWith(VariantKeys.prefix(photo)))
                .toList();
    }

    String content(String key) {
        return stored.getOrDefault(key, "none");
    }

    @Override
    public void store(String key, RenderedVariant variant) {
        step.run();
        if (storesUntilFailure-- == 0) {
            storesUntilFailure = Integer.MAX_VALUE;
            throw new IllegalStateException("The bucket is slow today");
        }
        String content = new String(variant.content(), StandardCharsets.UTF_8);
        String before = stored.put(key, content);
        if (before != null && !before.equals(content)) {
            replacedByOthers.add(key);
        }
        step.run();
    }

    @Override
    public boolean holds(PhotoId photo, PhotoVersion first, PhotoVersion last, Set<String> otherThan) {
        step.run();
        return keys(photo).stream()
                .filter(key -> !otherThan.contains(key))
                .anyMatch(key -> VariantKeys.isMadeFor(photo, key, first, last));
    }

    @Override
    public void remove(PhotoId photo, PhotoVersion upTo, Set<String> keysToKeep) {
        step.run();
        for (String key : keys(photo)) {
            boolean isLater = VariantKeys.version(photo, key)
                    .map(version -> version.isAfter(upTo))
                    .orElse(false);
            if (!isLater && !keysToKeep.contains(key)) {
                step.run();
                stored.remove(key);
            }
        }
        step.run();
    }
}
