package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Variant;
import dev.printshop.events.photos.PhotoVersion;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The decision for a photo: the event that announces it, and the upload that it is based on.
 *
 * @param contentId the upload, as in {@link Upload#contentId}; empty when there was none, and the photo is removed
 * @param event the event to announce
 * @param confirmedAt the latest change of the key after which the upload was read and the decision confirmed; at first
 *     the version of the decision
 */
public record Decision(Optional<String> contentId, PhotoEvent event, PhotoVersion confirmedAt) {

    /** A new decision. */
    public Decision(Optional<String> contentId, PhotoEvent event) {
        this(contentId, event, event.version());
    }

    /** The state of the photo for which the decision was made. */
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

    /** The same decision, confirmed after a later change of the key. The event to announce is unchanged. */
    Decision confirmedAt(PhotoVersion later) {
        return new Decision(contentId, event, later);
    }

    /** The keys of the variants that it announces. */
    public Set<String> variantKeys() {
        return event instanceof PhotoResized resized
                ? resized.variants().stream().map(Variant::key).collect(Collectors.toSet())
                : Set.of();
    }
}
