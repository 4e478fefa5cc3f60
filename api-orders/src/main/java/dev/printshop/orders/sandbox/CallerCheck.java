package dev.printshop.orders.sandbox;

import dev.printshop.orders.http.ProviderKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Checks whether a caller of the sandbox sends its API key. A key that differs from the cached one may be the rotated
 * one, so the secret is fetched again, but not for each wrong key: the sandbox is open to the internet.
 */
public final class CallerCheck {

    static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

    private static final String SCHEME = "Bearer ";

    private final ProviderKey key;
    private final InstantSource clock;
    private Instant nextFetch = Instant.MIN;

    public CallerCheck(ProviderKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** Whether the header {@code Authorization} has the key. */
    public boolean permits(Optional<String> authorization) {
        Optional<String> sent = authorization
                .filter(header -> header.startsWith(SCHEME))
                .map(header -> header.substring(SCHEME.length()));
        return sent.isPresent()
                && (isEqual(sent.get(), key.current()) || mayFetch() && isEqual(sent.get(), key.refetched()));
    }

    private synchronized boolean mayFetch() {
        Instant now = clock.instant();
        if (now.isBefore(nextFetch)) {
            return false;
        }
        nextFetch = now.plus(BETWEEN_FETCHES);
        return true;
    }

    /** Takes the same time wherever the first difference is. */
    private static boolean isEqual(String sent, String expected) {
        return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
