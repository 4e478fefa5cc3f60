package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.time.Instant;

/**
 * An upload, or one version of it, was deleted.
 *
 * @param photo the photo
 * @param version the state of the photo that the deletion made
 * @param deletedAt when
 */
public record Deletion(PhotoId photo, PhotoVersion version, Instant deletedAt) {}
