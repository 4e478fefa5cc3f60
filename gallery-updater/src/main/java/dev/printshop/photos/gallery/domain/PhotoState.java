package dev.printshop.photos.gallery.domain;

import dev.printshop.events.photos.PhotoVersion;

/**
 * The state of a photo that is relevant for further events.
 *
 * @param version the version of the event that was last written; one version of a photo is always one state
 * @param status its status since then
 */
public record PhotoState(PhotoVersion version, PhotoStatus status) {}
