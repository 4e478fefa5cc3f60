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
 */
public record Decision(Optional<String> contentId, PhotoEvent event) {

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

    /** The keys of the variants that are shown because of it. */
    public Set<String> variantKeys() {
        return event instanceof PhotoResized resized
                ? resized.variants().stream().map(Variant::key).collect(Collectors.toSet())
                : Set.of();
    }
}
