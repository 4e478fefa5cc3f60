package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.events.PhotoRemoved;
import dev.printshop.shared.events.PhotoResized;
import dev.printshop.shared.events.PhotoResized.Variant;
import dev.printshop.shared.events.PhotoVersion;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was decided for a photo: the event that announces it, and the upload that it was decided on.
 *
 * @param contentId the upload, as in {@link Upload#contentId}; none when there was none, and the photo is removed
 * @param event what is announced
 * @param confirmedAt the last change of the key that led to a look at the upload and left the decision as it was; at
 *     first the version that it was made at
 */
public record Decision(Optional<String> contentId, PhotoEvent event, PhotoVersion confirmedAt) {

    /** A new decision. */
    public Decision(Optional<String> contentId, PhotoEvent event) {
        this(contentId, event, event.version());
    }

    /** The state of the photo that the decision is about. */
    public PhotoVersion version() {
        return event.version();
    }

    /** The same decision for a later state of the photo, with the same upload and the same variants. */
    Decision at(PhotoVersion later) {
        PhotoEvent repeated = switch (event) {
            case PhotoResized resized ->
                new PhotoResized(resized.photo(), later, resized.uploadedAt(), resized.original(), resized.variants());
            case PhotoRejected rejected ->
                new PhotoRejected(
                        rejected.photo(), later, rejected.uploadedAt(), rejected.reasonCode(), rejected.reason());
            case PhotoRemoved removed -> new PhotoRemoved(removed.photo(), later, removed.removedAt());
        };
        return new Decision(contentId, repeated);
    }

    /** The same decision, found to hold after a later change of the key. What is announced stays as it is. */
    Decision confirmedAt(PhotoVersion later) {
        return new Decision(contentId, event, later);
    }

    /** The keys of the variants that are shown because of it. */
    public Set<String> variantKeys() {
        return event instanceof PhotoResized resized
                ? resized.variants().stream().map(Variant::key).collect(Collectors.toSet())
                : Set.of();
    }
}
