package dev.printshop.shared.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JitteredBackoffTest {

    private final List<Long> pauses = new ArrayList<>();

    @Test
    void theLongestPossiblePauseDoublesUpToOneSecond() {
        // given
        JitteredBackoff backoff = new JitteredBackoff(new Greatest(), this::note);

        // when
        for (int failedAttempts = 1; failedAttempts <= 9; failedAttempts++) {
            backoff.pause(failedAttempts);
        }
        backoff.pause(Integer.MAX_VALUE);

        // then
        assertThat(pauses).containsExactly(20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L, 1000L, 1000L);
    }

    @Test
    void pausesDifferSoThatThoseWhoCollidedDoNotCollideAgain() {
        // given
        JitteredBackoff backoff = new JitteredBackoff(RandomGenerator.of("L64X128MixRandom"), this::note);

        // when
        for (int time = 0; time < 100; time++) {
            backoff.pause(6);
        }

        // then
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(0L, 640L));
        assertThat(pauses.stream().distinct()).hasSizeGreaterThan(10);
    }

    @Test
    void anInterruptEndsTheWaitAndIsKeptForWhoeverCalled() {
        // given
        JitteredBackoff backoff = new JitteredBackoff(new Greatest(), _ -> {
            throw new InterruptedException();
        });

        // then
        assertThatThrownBy(() -> backoff.pause(1)).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
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
