package dev.printshop.orders.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A key is used: a request with it was done. Repetitions of the request get its answer.
 *
 * @param id who used which key
 * @param requestFingerprint the fingerprint of the request
 * @param expiresAt when the key may be used again, to the second
 * @param answer the answer to the request
 */
public record Claim(ClaimId id, String requestFingerprint, Instant expiresAt, RecordedAnswer answer) {

    /** How long a key is claimed. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    /** A claim that begins now. */
    static Claim of(ClaimId id, String requestFingerprint, Instant now, RecordedAnswer answer) {
        return new Claim(id, requestFingerprint, now.plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS), answer);
    }

    /** Whether the key may be used again. The table deletes expired claims only within days. */
    public boolean isExpiredAt(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
