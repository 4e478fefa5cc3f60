package dev.printshop.identity.aws;

import static dev.printshop.identity.aws.TestTokens.keySet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import dev.printshop.identity.domain.KeysUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedSigningKeysTest {

    private static final RSAKey OLD = TestTokens.key("old");
    private static final RSAKey NEW = TestTokens.key("new");

    private final KeySetServer server = new KeySetServer(keySet(OLD));
    private final List<Exception> failures = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T10:15:30Z");
    private final CachedSigningKeys keys = new CachedSigningKeys(server.address(), () -> now, failures::add);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keys_areFetchedOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(keys.find("old")).contains(OLD.toRSAPublicKey());
        }

        assertThat(server.fetches()).isEqualTo(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void newKey_isUsedWithoutARestart() throws Exception {
        // given
        keys.find("old");
        server.publish(keySet(OLD, NEW));

        // when
        pass(CachedSigningKeys.PAUSE);

        // then
        assertThat(keys.find("new")).contains(NEW.toRSAPublicKey());
        assertThat(keys.find("old")).contains(OLD.toRSAPublicKey());
        assertThat(server.fetches()).isEqualTo(2);
    }

    @Test
    void withdrawnKey_isUnknownAfterAnHour() {
        // given
        keys.find("old");
        server.publish(keySet(NEW));

        // when, then
        pass(CachedSigningKeys.MAX_AGE.minusMillis(1));
        assertThat(keys.find("old")).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(keys.find("old")).isEmpty();
    }

    @Test
    void unknownKeys_causeOneFetchInThePause() {
        // given
        keys.find("old");

        // when: 1,000 invented keys in 20 seconds
        for (int i = 0; i < 1_000; i++) {
            assertThat(keys.find("invented-" + i)).isEmpty();
            pass(Duration.ofMillis(20));
        }

        // then
        assertThat(server.fetches()).isEqualTo(1 + 1);
        assertThat(keys.find("old")).isPresent();
    }

    @Test
    void failedFetches_areBoundedToo() {
        // given
        server.failWith(503);

        // when
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> keys.find("old")).isInstanceOf(KeysUnavailableException.class);
            pass(Duration.ofMillis(20));
        }

        // then
        assertThat(server.fetches()).isEqualTo(2);
        assertThat(failures).hasSize(2);
    }

    @Test
    void withoutKeys_noneAreFound_untilAFetchSucceeds() {
        // given
        server.failWith(503);
        assertThatThrownBy(() -> keys.find("old")).isInstanceOf(KeysUnavailableException.class);

        // when
        server.publish(keySet(OLD));
        pass(CachedSigningKeys.PAUSE);

        // then
        assertThat(keys.find("old")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "[]", "{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"old\"}]}"})
    void unreadableKeySet_leavesTheLastGoodOne(String body) {
        // given
        keys.find("old");
        server.publish(body);

        // when
        pass(CachedSigningKeys.MAX_AGE);

        // then
        assertThat(keys.find("old")).isPresent();
        assertThat(failures).hasSize(1);
    }

    @Test
    void unreachableKeySet_leavesTheLastGoodOneForAsLongAsItLasts() {
        // given
        keys.find("old");
        server.close();

        // when
        pass(Duration.ofDays(1));

        // then
        assertThat(keys.find("old")).isPresent();
        assertThat(keys.find("new")).isEmpty();
        assertThat(failures).hasSize(1);
    }

    @Test
    void serverWithoutAnAnswer_endsTheFetch() {
        // given
        server.hang();

        // when
        Instant start = Instant.now();
        keys.fetch();

        // then
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(failures).hasSize(1);
    }

    @Test
    void hugeKeySet_isNotRead() {
        // given
        server.publish(keySet(OLD) + " ".repeat(64 * 1024));

        // when
        keys.fetch();

        // then
        assertThat(failures).hasSize(1);
    }

    @Test
    void addressThatIsNone_isAFailedFetch() {
        // when
        new CachedSigningKeys(URI.create("test"), () -> now, failures::add).fetch();

        // then
        assertThat(failures).hasSize(1);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
