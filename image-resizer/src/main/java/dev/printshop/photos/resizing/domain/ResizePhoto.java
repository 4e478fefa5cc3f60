package dev.printshop.photos.resizing.domain;

import dev.printshop.photos.resizing.domain.Rendering.Refused;
import dev.printshop.photos.resizing.domain.Rendering.Rendered;
import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoEventPublisher;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.events.PhotoResized;
import dev.printshop.shared.events.PhotoResized.Original;
import dev.printshop.shared.events.PhotoResized.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the variants of an uploaded photo and announces them.
 *
 * <p>It may be called any number of times for the same upload, also at the same time, and for uploads that have long
 * been replaced or deleted: keys are deterministic, an older version never overwrites a newer one, and whether the
 * upload is still there is asked again after the variants are written. Whoever finds out that it was overtaken takes
 * back what it wrote.
 */
public final class ResizePhoto {

    private final Uploads uploads;
    private final VariantRenderer renderer;
    private final Variants variants;
    private final PhotoEventPublisher publisher;
    private final long maxBytes;

    /**
     * @param maxBytes the largest file that is read into memory
     */
    public ResizePhoto(
            Uploads uploads,
            VariantRenderer renderer,
            Variants variants,
            PhotoEventPublisher publisher,
            long maxBytes) {
        this.uploads = uploads;
        this.renderer = renderer;
        this.variants = variants;
        this.publisher = publisher;
        this.maxBytes = maxBytes;
    }

    /** Resizes an upload, unless it has been overtaken. */
    public Outcome resize(Upload upload) {
        if (upload.bytes() > maxBytes) {
            return reject(upload, RejectionReason.TOO_MANY_BYTES);
        }
        Optional<byte[]> file = uploads.read(upload);
        if (file.isEmpty()) {
            return withdraw(upload);
        }
        return switch (renderer.render(file.get())) {
            case Refused refused -> reject(upload, refused.reason());
            case Rendered rendered -> store(upload, rendered);
        };
    }

    private Outcome store(Upload upload, Rendered rendered) {
        List<Variant> stored = new ArrayList<>();
        for (RenderedVariant variant : rendered.variants()) {
            String key = keyOf(upload, variant);
            if (!variants.store(key, variant, upload.version())) {
                return withdraw(upload);
            }
            stored.add(new Variant(
                    variant.name(),
                    key,
                    variant.width(),
                    variant.height(),
                    variant.content().length,
                    variant.format().contentType()));
        }
        // What an earlier version left under other keys, for example as PNG what is JPEG now.
        Set<String> current = stored.stream().map(Variant::key).collect(Collectors.toSet());
        variants.remove(upload.photo(), upload.version(), current);
        if (!uploads.isCurrent(upload)) {
            return withdraw(upload);
        }
        Original original = new Original(rendered.format(), rendered.width(), rendered.height());
        return announce(new PhotoResized(upload.photo(), upload.version(), upload.uploadedAt(), original, stored));
    }

    private Outcome reject(Upload upload, RejectionReason reason) {
        variants.remove(upload.photo(), upload.version(), Set.of());
        return announce(new PhotoRejected(
                upload.photo(), upload.version(), upload.uploadedAt(), reason.name(), reason.sentence()));
    }

    private Outcome withdraw(Upload upload) {
        variants.remove(upload.photo(), upload.version(), Set.of());
        return new Outcome.Overtaken();
    }

    private Outcome announce(PhotoEvent event) {
        publisher.publish(event);
        return new Outcome.Announced(event);
    }

    private static String keyOf(Upload upload, RenderedVariant variant) {
        return "variants/%s/%s/%s.%s"
                .formatted(
                        upload.photo().owner(),
                        upload.photo().id(),
                        variant.name(),
                        variant.format().extension());
    }
}
