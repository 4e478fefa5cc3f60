package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoEventPublisher;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Original;
import dev.printshop.events.photos.PhotoResized.Variant;
import dev.printshop.photos.resizing.domain.Rendering.Refused;
import dev.printshop.photos.resizing.domain.Rendering.Rendered;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the variants of the current upload, and announces them or the reason for a rejection. It is called for a new
 * upload, and when the deletion of a version may have restored an earlier one.
 *
 * <p>It is idempotent: it may be called any number of times for the same change, also concurrently, and long after
 * later changes. Variants of earlier versions stay until the gallery no longer shows them, see {@link RemoveVariants}.
 */
public final class ResizePhoto {

    private final Reconciliation reconciliation;
    private final Uploads uploads;
    private final VariantRenderer renderer;
    private final Variants variants;
    private final long maxBytes;

    /** @param maxBytes the largest file that is read into memory */
    public ResizePhoto(
            Uploads uploads,
            VariantRenderer renderer,
            Variants variants,
            Decisions decisions,
            PhotoEventPublisher publisher,
            Backoff backoff,
            long maxBytes) {
        this.reconciliation = new Reconciliation(uploads, decisions, variants, publisher, backoff);
        this.uploads = uploads;
        this.renderer = renderer;
        this.variants = variants;
        this.maxBytes = maxBytes;
    }

    /**
     * Makes and announces the variants of the current upload; without one, {@link RemoveVariants} announces the
     * removal.
     */
    public Outcome resize(ObjectChange change) {
        return reconciliation.reconcile(change, (_, current) -> current.map(upload -> judge(change, upload)));
    }

    private PhotoEvent judge(ObjectChange change, Upload upload) {
        if (!upload.photo().isFileName()) {
            return rejected(change, upload, RejectionReason.NAME_NOT_ACCEPTED);
        }
        if (upload.bytes() > maxBytes) {
            return rejected(change, upload, RejectionReason.TOO_MANY_BYTES);
        }
        byte[] file;
        try {
            file = read(upload);
        } catch (UnreadableUploadException _) {
            // It is stored in a way that can't be read, for example archived or encrypted with the customer's key.
            return rejected(change, upload, RejectionReason.UNSUPPORTED_STORAGE);
        }
        return switch (renderer.render(file)) {
            case Refused refused -> rejected(change, upload, refused.reason());
            case Rendered rendered -> store(change, upload, rendered);
        };
    }

    private byte[] read(Upload upload) {
        return uploads.read(upload)
                .orElseThrow(() -> new ConcurrentChangeException(
                        "The upload of photo %s was replaced or deleted before it was read".formatted(upload.photo())));
    }

    private PhotoResized store(ObjectChange change, Upload upload, Rendered rendered) {
        List<Variant> stored = new ArrayList<>();
        String folder = VariantKeys.folder(upload.photo(), change.version(), rendered.variants());
        for (RenderedVariant variant : rendered.variants()) {
            String key = VariantKeys.of(folder, variant);
            variants.store(key, variant);
            stored.add(new Variant(
                    variant.name(),
                    key,
                    variant.width(),
                    variant.height(),
                    variant.content().length,
                    variant.format().contentType()));
        }
        Original original = new Original(rendered.format(), rendered.width(), rendered.height());
        return new PhotoResized(upload.photo(), change.version(), upload.uploadedAt(), original, stored);
    }

    private static PhotoRejected rejected(ObjectChange change, Upload upload, RejectionReason reason) {
        return new PhotoRejected(
                upload.photo(), change.version(), upload.uploadedAt(), reason.name(), reason.sentence());
    }
}
