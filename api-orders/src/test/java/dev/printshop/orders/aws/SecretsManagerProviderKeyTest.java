package dev.printshop.orders.aws;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InternalServiceErrorException;

class SecretsManagerProviderKeyTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:dev-payment-AbCdEf";
    private static final String FIRST = "key-of-the-first-day";
    private static final String SECOND = "key-of-the-second-day";

    private final FakeSecretsManager secretsManager = new FakeSecretsManager();
    private Instant now = NOW;
    private final SecretsManagerProviderKey key = new SecretsManagerProviderKey(secretsManager, ARN, () -> now);

    @Test
    void key_isFetchedOnceInFiveMinutes() {
        // given
        assertThat(key.current()).isEqualTo(FIRST);
        secretsManager.secret = SECOND;

        // then
        now = NOW.plus(SecretsManagerProviderKey.MAX_AGE).minusMillis(1);
        assertThat(key.current()).isEqualTo(FIRST);
        assertThat(secretsManager.calls).isEqualTo(1);
        now = NOW.plus(SecretsManagerProviderKey.MAX_AGE);
        assertThat(key.current()).isEqualTo(SECOND);
        assertThat(secretsManager.calls).isEqualTo(2);
    }

    @Test
    void refetchedKey_isTheCurrentOneFromThenOn() {
        // given
        key.current();
        secretsManager.secret = SECOND;

        // then
        assertThat(key.refetched()).isEqualTo(SECOND);
        assertThat(key.current()).isEqualTo(SECOND);
        assertThat(secretsManager.calls).isEqualTo(2);
    }

    @Test
    void forgottenKey_isFetchedAgain() {
        // given
        key.current();
        secretsManager.secret = SECOND;

        // when
        key.forget();

        // then
        assertThat(key.current()).isEqualTo(SECOND);
    }

    @Test
    void failedFetch_leavesTheCachedKey_andIsNotCached() {
        // given
        secretsManager.fails = true;
        assertThatThrownBy(key::current).isInstanceOf(InternalServiceErrorException.class);
        secretsManager.fails = false;
        assertThat(key.current()).isEqualTo(FIRST);

        // when
        secretsManager.fails = true;
        assertThatThrownBy(key::refetched).isInstanceOf(InternalServiceErrorException.class);

        // then
        assertThat(key.current()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "short", "secret-with-a-line-end\n", "secret with spaces inside", "secret-in-ümläüts-of-all"
            })
    void secretThatNoHeaderCanCarry_isRefusedWithoutRepeatingIt(String secret) {
        // given
        secretsManager.secret = secret;

        // then
        assertThatThrownBy(key::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The secret %s must be 16 to 200 visible ASCII characters, but is not".formatted(ARN));
    }

    private static final class FakeSecretsManager implements SecretsManagerClient {

        private String secret = FIRST;
        private boolean fails;
        private int calls;

        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            calls++;
            assertThat(request.secretId()).isEqualTo(ARN);
            if (fails) {
                throw InternalServiceErrorException.builder().message("Failed").build();
            }
            return GetSecretValueResponse.builder().secretString(secret).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
