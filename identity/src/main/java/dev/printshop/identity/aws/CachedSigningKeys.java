package dev.printshop.identity.aws;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.printshop.identity.domain.KeysUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The keys at an address, fetched when they are needed and kept in memory. They are fetched again when they are an hour
 * old, so that a withdrawn key is accepted no longer, and when a token names an unknown key, so that a new key is
 * accepted at once. A fetch that fails leaves the earlier keys in use.
 *
 * <p>There is at most one fetch in {@link #PAUSE}, whatever its result: tokens with invented keys don't cause a request
 * each.
 */
public final class CachedSigningKeys implements SigningKeys {

    static final Duration MAX_AGE = Duration.ofHours(1);
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

    /** A key has about 400 bytes, and a user pool has two. */
    private static final int MAX_BYTES = 64 * 1024;

    private final URI address;
    private final InstantSource clock;
    private final Consumer<Exception> failures;
    private final ResourceRetriever http =
            new DefaultResourceRetriever((int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MAX_BYTES);

    private Map<String, RSAPublicKey> keys = Map.of();
    private Instant fetchedAt = Instant.EPOCH;
    private Instant triedAt = Instant.EPOCH;

    /**
     * The keys at an address; the first call of {@link #find} fetches them.
     *
     * @param failures gets the exception of each fetch that fails
     */
    public CachedSigningKeys(URI address, InstantSource clock, Consumer<Exception> failures) {
        this.address = address;
        this.clock = clock;
        this.failures = failures;
    }

    @Override
    public synchronized Optional<RSAPublicKey> find(String keyId) {
        boolean outdated = hasPassed(MAX_AGE, fetchedAt);
        if ((outdated || !keys.containsKey(keyId)) && hasPassed(PAUSE, triedAt)) {
            fetch();
        }
        if (keys.isEmpty()) {
            throw new KeysUnavailableException();
        }
        return Optional.ofNullable(keys.get(keyId));
    }

    /** Fetches the keys now. A failure is only reported to {@code failures}. */
    public synchronized void fetch() {
        triedAt = clock.instant();
        try {
            keys = KeySet.parse(http.retrieveResource(address.toURL()).getContent())
                    .keys();
            fetchedAt = triedAt;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            failures.accept(e);
        }
    }

    private boolean hasPassed(Duration time, Instant since) {
        return !clock.instant().isBefore(since.plus(time));
    }
}
