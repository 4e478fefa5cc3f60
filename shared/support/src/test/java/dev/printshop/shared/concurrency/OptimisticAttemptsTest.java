package dev.printshop.shared.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OptimisticAttemptsTest {

    private final List<Integer> pauses = new ArrayList<>();
    private final OptimisticAttempts attempts = new OptimisticAttempts(pauses::add);

    @Test
    void changeWithTwoConflicts_isAttemptedThreeTimes() {
        AtomicInteger runs = new AtomicInteger();

        int answer = attempts.run(() -> {
            if (runs.incrementAndGet() < 3) {
                throw new ConcurrentChangeException("others were quicker");
            }
            return runs.get();
        });

        assertThat(answer).isEqualTo(3);
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void permanentConflict_failsAfterTheLastAttempt() {
        assertThatThrownBy(() -> attempts.run(() -> {
                    throw new ConcurrentChangeException("others were quicker");
                }))
                .isInstanceOf(ConcurrentChangeException.class);
        assertThat(pauses).hasSize(OptimisticAttempts.MAX_ATTEMPTS - 1);
    }

    @Test
    void invocationWithoutTimeForAnotherAttempt_failsWithTheConflict() {
        OptimisticAttempts withoutTime = new OptimisticAttempts(_ -> {
            throw new NoTimeLeftException("no time left");
        });

        assertThatThrownBy(() -> withoutTime.run(() -> {
                    throw new ConcurrentChangeException("others were quicker");
                }))
                .isInstanceOf(ConcurrentChangeException.class)
                .hasMessage("others were quicker")
                .satisfies(conflict ->
                        assertThat(conflict.getSuppressed()).hasOnlyElementsOfType(NoTimeLeftException.class));
    }

    @Test
    void otherFailure_isNotRetried() {
        assertThatThrownBy(() -> attempts.run(() -> {
                    throw new IllegalStateException("throttled");
                }))
                .hasMessage("throttled");
        assertThat(pauses).isEmpty();
    }
}
