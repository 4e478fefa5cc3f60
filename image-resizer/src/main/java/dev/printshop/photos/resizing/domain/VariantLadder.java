package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoResized;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The variants that are made of every photo, in the order in which they are configured.
 *
 * @param specs 1 to 50, with distinct names
 */
public record VariantLadder(List<VariantSpec> specs) {

    public VariantLadder {
        specs = List.copyOf(specs);
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("At least one variant must be configured");
        }
        if (specs.size() > PhotoResized.MAX_VARIANTS) {
            throw new IllegalArgumentException(
                    "At most %d variants can be configured, not %d".formatted(PhotoResized.MAX_VARIANTS, specs.size()));
        }
        Set<String> names = new HashSet<>();
        for (VariantSpec spec : specs) {
            if (!names.add(spec.name())) {
                throw new IllegalArgumentException("Variant '%s' is configured twice".formatted(spec.name()));
            }
        }
    }

    /**
     * Reads variants separated by blanks, for example {@code large=1280 thumb=150x150}.
     *
     * @throws IllegalArgumentException when one of them can't be read, there are too many, or two have the same name
     */
    public static VariantLadder parse(String text) {
        return new VariantLadder(Arrays.stream(text.strip().split("\\s+"))
                .map(VariantSpec::parse)
                .toList());
    }
}
