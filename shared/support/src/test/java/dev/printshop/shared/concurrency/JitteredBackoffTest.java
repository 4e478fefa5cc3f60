package dev.printshop.shared.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JitteredBackoffTest {

    private static final Duration ATTEMPT = Duration.ofMillis(500);

    private final List<Long> pauses = new ArrayList<>();

    @Test
    void longestPause_doublesUpToOneSecond() {
        // given
        JitteredBackoff backoff = new JitteredBackoff(new Greatest(), ATTEMPT, this::note);

        // when
        for (int failedAttempts = 1; failedAttempts <= 9; failedAttempts++) {
            backoff.pause(failedAttempts);
        }
        backoff.pause(Integer.MAX_VALUE);

        // then
        assertThat(pauses).containsExactly(20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L, 1000L, 1000L);
    }

    @Test
    void pauses_areRandom() {
        // given
        JitteredBackoff backoff = new JitteredBackoff(RandomGenerator.of("L64X128MixRandom"), ATTEMPT, this::note);

        // when
        for (int time = 0; time < 100; time++) {
            backoff.pause(6);
        }

        // then
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(0L, 640L));
        assertThat(pauses.stream().distinct()).hasSizeGreaterThan(10);
    }

    @Test
    void interrupt_endsTheWaitAndStaysSet() {
        // given
        JitteredBackoff backoff = new JitteredBackoff(new Greatest(), ATTEMPT, _ -> {
            throw new InterruptedException();
        });

        // then
        assertThatThrownBy(() -> backoff.pause(1)).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void invocationWithTimeForPauseAndAttempt_pauses() {
        JitteredBackoff backoff = new JitteredBackoff(new Greatest(), ATTEMPT, this::note);

        InvocationTime.limit(() -> 520, () -> {
            backoff.pause(1);
            return true;
        });

        assertThat(pauses).containsExactly(20L);
    }

    @Test
    void invocationThatEndsBeforeAnotherAttemptDoes_failsInsteadOfPausing() {
        JitteredBackoff backoff = new JitteredBackoff(new Greatest(), ATTEMPT, this::note);

        assertThatThrownBy(() -> InvocationTime.limit(() -> 519, () -> {
                    backoff.pause(1);
                    return true;
                }))
                .isInstanceOf(NoTimeLeftException.class)
                .hasMessage("The invocation has 519 ms left, but the next step may take 520");
        assertThat(pauses).isEmpty();
    }

    private void note(Duration pause) {
        pauses.add(pause.toMillis());
    }

    /** Always draws the greatest number that is allowed. */
    private static final class Greatest implements RandomGenerator {

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
