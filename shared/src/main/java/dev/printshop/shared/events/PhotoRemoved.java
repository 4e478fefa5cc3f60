package dev.printshop.shared.events;

import java.time.Instant;

/**
 * A photo was deleted, and with it all of its variants.
 *
 * @param photo the photo
 * @param version the deletion; it is later than every upload that it deleted
 * @param removedAt when it was deleted
 */
public record PhotoRemoved(PhotoId photo, PhotoVersion version, Instant removedAt) implements PhotoEvent {}
