package dev.printshop.shared.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationTimeTest {

    private static final Duration CALL = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 0", "10999, 0", "11000, 1", "20999, 1", "21000, 2", "61000, 6"})
    void callsLeft_areThoseThatEndASecondBeforeTheInvocationDoes(int millisLeft, int calls) {
        assertThat(InvocationTime.limit(() -> millisLeft, () -> InvocationTime.callsLeft(CALL)))
                .isEqualTo(calls);
    }

    @Test
    void outsideAnInvocation_callsHaveNoLimit() {
        assertThat(InvocationTime.callsLeft(CALL)).isEqualTo(Integer.MAX_VALUE);
    }
}
