package dev.printshop.orders.aws;

import dev.printshop.orders.http.ProviderKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The key as a secret in Secrets Manager, cached. Neither messages nor log records contain it. */
public final class SecretsManagerProviderKey implements ProviderKey {

    static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** What a header can carry. */
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{16,200}");

    private record Fetched(String key, Instant at) {}

    private final SecretsManagerClient secretsManager;
    private final String secretArn;
    private final InstantSource clock;
    private volatile @Nullable Fetched fetched;

    public SecretsManagerProviderKey(SecretsManagerClient secretsManager, String secretArn, InstantSource clock) {
        this.secretsManager = secretsManager;
        this.secretArn = secretArn;
        this.clock = clock;
    }

    @Override
    public String current() {
        @Nullable Fetched cached = fetched;
        return cached != null && clock.instant().isBefore(cached.at().plus(MAX_AGE)) ? cached.key() : refetched();
    }

    @Override
    public String refetched() {
        @Nullable
        String key =
                secretsManager.getSecretValue(get -> get.secretId(secretArn)).secretString();
        if (key == null || !FORM.matcher(key).matches()) {
            throw new IllegalStateException(
                    "The secret %s must be 16 to 200 visible ASCII characters, but is not".formatted(secretArn));
        }
        fetched = new Fetched(key, clock.instant());
        return key;
    }

    /** Forgets the key, so that no snapshot contains it. */
    public void forget() {
        fetched = null;
    }
}
