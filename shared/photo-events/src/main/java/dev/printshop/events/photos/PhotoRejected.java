package dev.printshop.events.photos;

import java.time.Instant;

/**
 * An upload that can't be printed; uploading the same file again would end the same way.
 *
 * @param photo the photo
 * @param version the upload that was rejected
 * @param uploadedAt when it was uploaded
 * @param reasonCode the reason for programs, for example {@code TOO_MANY_PIXELS}
 * @param reason the reason for the customer: one sentence with the action to take
 */
public record PhotoRejected(PhotoId photo, PhotoVersion version, Instant uploadedAt, String reasonCode, String reason)
        implements PhotoEvent {}
