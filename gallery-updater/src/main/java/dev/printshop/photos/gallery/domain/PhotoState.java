package dev.printshop.photos.gallery.domain;

import dev.printshop.shared.events.PhotoVersion;

/**
 * What the gallery knows of a photo, as far as it matters for what comes next.
 *
 * @param version the version of the event that was last written; one version of a photo is always one state
 * @param status how the photo stands since
 */
public record PhotoState(PhotoVersion version, PhotoStatus status) {}
