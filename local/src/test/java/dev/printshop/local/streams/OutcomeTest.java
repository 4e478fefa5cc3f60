package dev.printshop.local.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interpretation of a function's answer to the records 1, 2 and 3. */
class OutcomeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}", "{\"other\":1}"})
    void emptyAnswer_isSuccess(String answer) {
        assertThat(reported(answer)).isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"4\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":2}]}",
                "{\"batchItemFailures\":[{\"itemId\":\"2\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"},{}]}",
                "{\"batchItemFailures\":[null]}",
                "{\"batchItemFailures\":\"2\"}",
                "\"done\"",
                "not JSON"
            })
    void oddAnswer_isFailureOfTheWholeBatch(String answer) {
        assertThat(reported(answer)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void lowestReportedSequenceNumber_counts() {
        assertThat(reported("{\"batchItemFailures\":[{\"itemIdentifier\":\"3\"},{\"itemIdentifier\":\"2\"}]}"))
                .isEqualTo(new Outcome.PartlyFailed(1, Optional.empty()));
    }

    @Test
    void firstRecordReported_isFailureOfTheWholeBatch() {
        assertThat(reported("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}"))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void partialAnswerThatIsNotConfigured_isIgnored() {
        assertThat(Outcome.ofAnswer(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}",
                        step(Optional.empty()),
                        settings(false)))
                .isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"state\":null}", "{\"state\":\"text\"}"})
    void answerWithoutState_isFailureInAWindow(String answer) {
        assertThat(inWindow(answer)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void stateInAWindow_isKept_alsoOfAPartialAnswer() {
        assertThat(inWindow("{\"state\":{\"n\":3}}")).isEqualTo(new Outcome.Succeeded(Optional.of("{\"n\":3}")));
        assertThat(inWindow("{\"state\":{\"n\":2},\"batchItemFailures\":[{\"itemIdentifier\":\"3\"}]}"))
                .isEqualTo(new Outcome.PartlyFailed(2, Optional.of("{\"n\":2}")));
    }

    private static Outcome reported(String answer) {
        return Outcome.ofAnswer(answer, step(Optional.empty()), settings(true));
    }

    private static Outcome inWindow(String answer) {
        Window window = Window.of(Instant.EPOCH, Duration.ofMinutes(1));
        return Outcome.ofAnswer(
                answer, step(Optional.of(new Step.Windowed(window, "{}", false, false))), settings(true));
    }

    private static Step.Invoke step(Optional<Step.Windowed> windowed) {
        List<StreamRecord> records = Stream.of("1", "2", "3")
                .map(number -> new StreamRecord(number, "key", Instant.EPOCH, 1, Map.of()))
                .toList();
        return new Step.Invoke(0, records, windowed);
    }

    private static BatchSettings settings(boolean reports) {
        return new BatchSettings(10, Duration.ZERO, 1, 0, Duration.ofDays(1), false, reports, Optional.empty());
    }
}
