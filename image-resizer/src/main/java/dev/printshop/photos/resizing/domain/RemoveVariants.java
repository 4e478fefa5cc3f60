package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoEventPublisher;
import dev.printshop.shared.events.PhotoRemoved;
import java.util.Set;

/**
 * Removes the variants of a photo whose upload was deleted, and announces that.
 *
 * <p>Not every deletion means that the photo is gone: a lifecycle rule deletes versions that were replaced long ago,
 * and a customer may have uploaded the photo again. So it looks whether there is a file for the photo now, and removes
 * only what was made before the deletion.
 */
public final class RemoveVariants {

    private final Uploads uploads;
    private final Variants variants;
    private final PhotoEventPublisher publisher;

    public RemoveVariants(Uploads uploads, Variants variants, PhotoEventPublisher publisher) {
        this.uploads = uploads;
        this.variants = variants;
        this.publisher = publisher;
    }

    /** Removes the photo's variants, unless there is a file for it again or still. */
    public Outcome remove(Deletion deletion) {
        if (uploads.holds(deletion.photo())) {
            return new Outcome.Overtaken();
        }
        variants.remove(deletion.photo(), deletion.version(), Set.of());
        PhotoRemoved removed = new PhotoRemoved(deletion.photo(), deletion.version(), deletion.deletedAt());
        publisher.publish(removed);
        return new Outcome.Announced(removed);
    }
}
