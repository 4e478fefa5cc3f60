package dev.printshop.orders.sandbox;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.orders.http.FakeProviderKey;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerCheckTest {

    private final FakeProviderKey key = new FakeProviderKey("key-of-the-first-day");
    private Instant now = NOW;
    private final CallerCheck check = new CallerCheck(key, () -> now);

    @Test
    void callerWithTheKey_isPermitted() {
        assertThat(check.permits(Optional.of("Bearer key-of-the-first-day"))).isTrue();
        assertThat(key.fetches()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer key", "key-of-the-first-day", "Basic key-of-the-first-day"})
    void anyOtherCaller_isRefused(String authorization) {
        assertThat(check.permits(Optional.of(authorization))).isFalse();
    }

    @Test
    void callerWithoutAKey_isRefusedWithoutFetchingTheSecret() {
        assertThat(check.permits(Optional.empty())).isFalse();
        assertThat(key.fetches()).isZero();
    }

    @Test
    void rotatedKey_isFetched_andTheOldOneIsRefusedThen() {
        // given
        key.rotateTo("key-of-the-second-day");

        // then
        assertThat(check.permits(Optional.of("Bearer key-of-the-second-day"))).isTrue();
        assertThat(check.permits(Optional.of("Bearer key-of-the-first-day"))).isFalse();
    }

    @Test
    void manyWrongKeys_causeOneFetchInTenSeconds() {
        // when
        for (int call = 0; call < 100; call++) {
            check.permits(Optional.of("Bearer guess-" + call));
        }

        // then
        assertThat(key.fetches()).isEqualTo(1);
        now = NOW.plus(CallerCheck.BETWEEN_FETCHES);
        assertThat(check.permits(Optional.of("Bearer guess"))).isFalse();
        assertThat(key.fetches()).isEqualTo(2);
    }
}
