package dev.printshop.events.photos;

import java.time.Instant;

/**
 * A photo was deleted. Its variants are removed once the gallery no longer shows it.
 *
 * @param photo the photo
 * @param version the deletion; it is later than every upload that it deleted
 * @param removedAt when it was deleted
 */
public record PhotoRemoved(PhotoId photo, PhotoVersion version, Instant removedAt) implements PhotoEvent {}
