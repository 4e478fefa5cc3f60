package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoEventPublisher;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.photos.resizing.domain.Outcome.SupersededRemoved;
import dev.printshop.shared.concurrency.Backoff;
import java.util.Optional;

/**
 * Removes variants in two steps, so that the gallery never names a missing variant. When there is no current upload
 * under a key, the removal is announced. When the gallery shows the latest announcement, which is a removal or a newer
 * version, the variants that it no longer shows are removed.
 */
public final class RemoveVariants {

    private final Reconciliation reconciliation;
    private final Variants variants;
    private final Decisions decisions;

    public RemoveVariants(
            Uploads uploads, Variants variants, Decisions decisions, PhotoEventPublisher publisher, Backoff backoff) {
        this.reconciliation = new Reconciliation(uploads, decisions, variants, publisher, backoff);
        this.variants = variants;
        this.decisions = decisions;
    }

    /**
     * Announces that a photo is removed, if there is no current upload under its key. A current one, which was never
     * deleted, was uploaded again or was restored, is left to {@link ResizePhoto}, which gets the events of all of
     * these.
     */
    public Outcome remove(ObjectChange deletion) {
        return reconciliation.reconcile(
                deletion,
                (_, current) -> current.isPresent()
                        ? Optional.empty()
                        : Optional.of(new PhotoRemoved(deletion.photo(), deletion.version(), deletion.at())));
    }

    /**
     * Removes the variants of a photo that the gallery no longer shows. If there is a later decision, nothing is
     * removed: once the gallery shows that one, this method is called again.
     */
    public Outcome removeSuperseded(GalleryUpdated shown) {
        Optional<Decision> latest = decisions.latest(shown.photo()).flatMap(Decisions.Stored::decision);
        if (latest.isEmpty() || !latest.get().version().equals(shown.version())) {
            return new Overtaken();
        }
        variants.remove(shown.photo(), shown.version(), latest.get().variantKeys());
        return new SupersededRemoved();
    }
}
