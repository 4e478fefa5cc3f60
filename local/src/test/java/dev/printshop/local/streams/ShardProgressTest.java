package dev.printshop.local.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.streams.ShardProgress.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of single rules; {@link ShardProgressPropertyTest} tests them together. */
class ShardProgressTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Outcome FAILED = new Outcome.Failed("test");
    private static final Outcome THROTTLED = new Outcome.NotDone("test");

    private Instant now = NOON;

    @Test
    void batch_isInvokedWhenItIsFull() {
        ShardProgress shard = shard(settings(3).window(Duration.ofMinutes(1)));

        shard.read(records(4), now);

        assertThat(invoked(shard)).containsExactly("0", "1", "2");
    }

    @Test
    void batchThatIsNotFull_isInvokedWhenItsWindowIsOver() {
        ShardProgress shard = shard(settings(3).window(Duration.ofSeconds(5)));

        shard.read(records(2), now);

        assertThat(shard.next(now.plusMillis(4_999))).isEmpty();
        now = now.plusSeconds(5);
        assertThat(invoked(shard)).containsExactly("0", "1");
    }

    @Test
    void batch_staysWithinTheLargestPayload() {
        ShardProgress shard = shard(settings(10));
        List<StreamRecord> large = IntStream.range(0, 8)
                .mapToObj(n -> new StreamRecord(String.valueOf(n), "key", NOON, 1024 * 1024, Map.of()))
                .toList();

        shard.read(large, now);

        assertThat(invoked(shard)).hasSize(5);
    }

    @Test
    void failedRecord_isRetriedUntilItIsTooOld_withoutALimitOfAttempts() {
        ShardProgress shard = shard(settings(1).retries(BatchSettings.UNLIMITED).age(Duration.ofDays(1)));
        shard.read(records(1), now);
        Instant tooOld = now.plus(Duration.ofDays(1));

        int attempts = 0;
        Step step = only(shard);
        while (step instanceof Step.Invoke) {
            attempts++;
            shard.completed(step, FAILED, now);
            step = later(shard);
        }

        assertThat(attempts).isGreaterThan(1_000);
        assertThat(now).isAfter(tooOld);
        assertThat(step).isEqualTo(new Step.Discard(0, step.records(), Step.Reason.RECORD_AGE_EXCEEDED, attempts));
    }

    @Test
    void failedBatch_isRetriedAfterAPause_asOftenAsAllowed() {
        ShardProgress shard = shard(settings(2).retries(2));
        shard.read(records(2), now);

        Step first = only(shard);
        shard.completed(first, FAILED, now);
        assertThat(shard.next(now)).as("at once").isEmpty();
        Step second = later(shard);
        shard.completed(second, FAILED, now);
        Step third = later(shard);
        shard.completed(third, FAILED, now);
        Step last = later(shard);

        assertThat(List.of(second, third)).containsOnly(first);
        assertThat(last).isEqualTo(new Step.Discard(0, first.records(), Step.Reason.RETRY_ATTEMPTS_EXHAUSTED, 3));
    }

    @Test
    void throttle_isNoRetry() {
        ShardProgress shard = shard(settings(1).retries(0));
        shard.read(records(1), now);

        for (int n = 0; n < 20; n++) {
            shard.completed(later(shard), THROTTLED, now);
        }

        assertThat(later(shard)).isInstanceOf(Step.Invoke.class);
    }

    @Test
    void bisectedBatch_isTriedHalfByHalf_withoutUsingUpRetries() {
        ShardProgress shard = shard(settings(4).retries(0).bisects());
        shard.read(records(4), now);

        shard.completed(only(shard), FAILED, now);

        assertThat(done(shard)).containsExactly("0", "1");
        assertThat(done(shard)).containsExactly("2", "3");
    }

    @Test
    void partialAnswer_splitsTheBatchAtTheFirstFailure() {
        ShardProgress shard = shard(settings(4).retries(0).bisects());
        shard.read(records(4), now);

        shard.completed(only(shard), new Outcome.PartlyFailed(1, Optional.empty()), now);

        assertThat(shard.position().sequenceNumber()).contains("0");
        assertThat(invoked(shard)).containsExactly("1", "2", "3");
    }

    @Test
    void partialAnswerWithoutBisecting_isARetry() {
        ShardProgress shard = shard(settings(4).retries(0));
        shard.read(records(4), now);

        shard.completed(only(shard), new Outcome.PartlyFailed(1, Optional.empty()), now);

        assertThat(later(shard))
                .isInstanceOf(Step.Discard.class)
                .extracting(step -> numbers(step.records()))
                .isEqualTo(List.of("1", "2", "3"));
    }

    @Test
    void recordsThatAreTooOld_areDiscarded_theOthersInvoked() {
        ShardProgress shard = shard(settings(10).age(Duration.ofMinutes(1)));
        shard.read(List.of(record("0", NOON.minusSeconds(90)), record("1", NOON.minusSeconds(30))), now);

        Step step = only(shard);
        assertThat(step).isInstanceOf(Step.Discard.class);
        assertThat(numbers(step.records())).containsExactly("0");
        shard.completed(step, Outcome.SUCCEEDED, now);
        assertThat(invoked(shard)).containsExactly("1");
    }

    @Test
    void unreachableDestination_isRetried() {
        ShardProgress shard = shard(settings(1).retries(0));
        shard.read(records(1), now);
        shard.completed(only(shard), FAILED, now);

        Step discard = only(shard);
        shard.completed(discard, THROTTLED, now);
        assertThat(shard.position().sequenceNumber()).isEmpty();
        assertThat(later(shard)).isEqualTo(discard);
        shard.completed(discard, Outcome.SUCCEEDED, now);

        assertThat(shard.position().sequenceNumber()).contains("0");
    }

    @Test
    void recordsOfAKey_waitForEachOther_thoseOfOtherKeysDoNot() {
        ShardProgress shard = shard(settings(1).parallel(10));
        shard.read(
                IntStream.range(0, 40)
                        .mapToObj(n -> new StreamRecord(String.valueOf(n), "key-" + n % 20, NOON, 1, Map.of()))
                        .toList(),
                now);

        List<Step> steps = shard.next(now);

        assertThat(steps).hasSizeBetween(2, 10);
        assertThat(steps)
                .extracting(step -> step.records().getFirst().partitionKey())
                .doesNotHaveDuplicates();
        assertThat(shard.next(now)).as("each lane has a step").isEmpty();
    }

    @Test
    void checkpoint_staysBeforeTheFirstRecordThatIsNotDone() {
        ShardProgress shard = shard(settings(1).parallel(2));
        shard.read(
                List.of(new StreamRecord("0", "a", NOON, 1, Map.of()), new StreamRecord("1", "b", NOON, 1, Map.of())),
                now);
        List<Step> steps = shard.next(now);
        assertThat(steps).hasSize(2);
        Step first = stepOf("0", steps);
        Step second = stepOf("1", steps);

        shard.completed(second, Outcome.SUCCEEDED, now);
        assertThat(shard.position().sequenceNumber()).isEmpty();
        shard.completed(first, Outcome.SUCCEEDED, now);

        assertThat(shard.position().sequenceNumber()).contains("1");
    }

    @Test
    void windows_areInvokedWithTheirOwnRecords_andEndWithTheirState() {
        ShardProgress shard = shard(settings(10).tumbling(Duration.ofMinutes(1)));
        shard.read(
                List.of(record("0", NOON), record("1", NOON.plusSeconds(59)), record("2", NOON.plusSeconds(60))), now);

        Step.Invoke first = (Step.Invoke) only(shard);
        assertThat(numbers(first.records())).containsExactly("0", "1");
        assertThat(windowed(first)).isEqualTo(new Step.Windowed(minute(0), "{}", false, false));
        shard.completed(first, state("{\"n\":2}"), now);

        Step.Invoke end = (Step.Invoke) only(shard);
        assertThat(end.records()).isEmpty();
        assertThat(windowed(end)).isEqualTo(new Step.Windowed(minute(0), "{\"n\":2}", true, false));
        shard.completed(end, state("{}"), now);

        Step.Invoke next = (Step.Invoke) only(shard);
        assertThat(numbers(next.records())).containsExactly("2");
        assertThat(windowed(next)).isEqualTo(new Step.Windowed(minute(1), "{}", false, false));
    }

    @Test
    void windowWithoutMoreRecords_endsWhenEverythingOfItsTimeWasRead() {
        ShardProgress shard = shard(settings(10).tumbling(Duration.ofMinutes(1)));
        shard.read(records(1), now);
        shard.completed(only(shard), state("{}"), now);

        shard.caughtUp(NOON.plusSeconds(59));
        assertThat(shard.next(now)).isEmpty();
        shard.caughtUp(NOON.plusSeconds(60));

        assertThat(windowed((Step.Invoke) only(shard)).isFinal()).isTrue();
    }

    @Test
    void finalInvocationThatFails_holdsTheShardUpUntilItSucceeds() {
        ShardProgress shard = shard(settings(10).retries(0).bisects().tumbling(Duration.ofMinutes(1)));
        shard.read(List.of(record("0", NOON), record("1", NOON.plusSeconds(60))), now);
        shard.completed(only(shard), state("{\"n\":1}"), now);

        Step end = only(shard);
        shard.completed(end, FAILED, now);
        assertThat(later(shard)).isEqualTo(end);
        shard.completed(end, FAILED, now);
        assertThat(later(shard)).isEqualTo(end);
        shard.completed(end, state("{}"), now);

        assertThat(invoked(shard)).containsExactly("1");
    }

    @Test
    void stateThatIsTooLarge_endsTheWindowEarly_andItGoesOnWithAnEmptyOne() {
        ShardProgress shard = shard(settings(1).tumbling(Duration.ofMinutes(1)));
        shard.read(records(2), now);
        String large = "{\"text\":\"%s\"}".formatted("x".repeat(1024 * 1024));
        shard.completed(only(shard), state(large), now);

        Step.Invoke early = (Step.Invoke) only(shard);
        assertThat(early.records()).isEmpty();
        assertThat(windowed(early)).isEqualTo(new Step.Windowed(minute(0), large, false, true));
        shard.completed(early, state("{}"), now);

        Step.Invoke next = (Step.Invoke) only(shard);
        assertThat(numbers(next.records())).containsExactly("1");
        assertThat(windowed(next)).isEqualTo(new Step.Windowed(minute(0), "{}", false, false));
    }

    @Test
    void recordThatIsDatedBeforeTheOpenWindow_landsInIt() {
        ShardProgress shard = shard(settings(10).tumbling(Duration.ofMinutes(1)));
        shard.read(records(1), now);
        shard.completed(only(shard), state("{\"n\":1}"), now);

        shard.read(List.of(record("1", NOON.minusSeconds(1))), now);

        assertThat(windowed((Step.Invoke) only(shard)))
                .isEqualTo(new Step.Windowed(minute(0), "{\"n\":1}", false, false));
    }

    @Test
    void closedShard_isFinishedWhenItsWindowIsEnded() {
        ShardProgress shard = shard(settings(10).tumbling(Duration.ofMinutes(1)));
        shard.read(records(1), now);
        shard.completed(only(shard), state("{}"), now);

        shard.ended();
        assertThat(shard.isFinished()).isFalse();
        shard.completed(only(shard), state("{}"), now);

        assertThat(shard.isFinished()).isTrue();
    }

    @Test
    void openWindow_isResumedWithItsState() {
        Position position = new Position(Optional.of("0"), Optional.of(minute(0)), "{\"n\":1}");
        ShardProgress shard =
                new ShardProgress(settings(10).tumbling(Duration.ofMinutes(1)).build(), _ -> true, position);

        assertThat(shard.position()).isEqualTo(position);
        shard.read(List.of(record("1", NOON.plusSeconds(1))), now);

        assertThat(windowed((Step.Invoke) only(shard)).state()).isEqualTo("{\"n\":1}");
    }

    @Test
    void tumblingWindow_goesWithOneLaneOnly() {
        assertThatThrownBy(() ->
                        settings(1).parallel(2).tumbling(Duration.ofMinutes(1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ParallelizationFactor must be 1 with a tumbling window, not 2");
    }

    private static ShardProgress shard(Settings settings) {
        return new ShardProgress(settings.build(), _ -> true, Position.START);
    }

    private Step only(ShardProgress shard) {
        List<Step> steps = shard.next(now);
        assertThat(steps).hasSize(1);
        return steps.getFirst();
    }

    private static Step stepOf(String number, List<Step> steps) {
        return steps.stream()
                .filter(step -> numbers(step.records()).contains(number))
                .findFirst()
                .orElseThrow();
    }

    /** The next step, after the longest pause. */
    private Step later(ShardProgress shard) {
        now = now.plusSeconds(10);
        return only(shard);
    }

    private List<String> invoked(ShardProgress shard) {
        Step step = only(shard);
        assertThat(step).isInstanceOf(Step.Invoke.class);
        return numbers(step.records());
    }

    private List<String> done(ShardProgress shard) {
        Step step = only(shard);
        shard.completed(step, Outcome.SUCCEEDED, now);
        return numbers(step.records());
    }

    private static Step.Windowed windowed(Step.Invoke step) {
        return step.windowed().orElseThrow();
    }

    private static Outcome state(String state) {
        return new Outcome.Succeeded(Optional.of(state));
    }

    private static Window minute(int number) {
        return new Window(NOON.plusSeconds(60L * number), NOON.plusSeconds(60L * (number + 1)));
    }

    private static List<StreamRecord> records(int size) {
        return IntStream.range(0, size)
                .mapToObj(n -> record(String.valueOf(n), NOON))
                .toList();
    }

    private static StreamRecord record(String number, Instant arrivedAt) {
        return new StreamRecord(number, "key", arrivedAt, 1, Map.of());
    }

    private static List<String> numbers(List<StreamRecord> records) {
        return records.stream().map(StreamRecord::sequenceNumber).toList();
    }

    private static Settings settings(int batchSize) {
        return new Settings(new BatchSettings(
                batchSize,
                Duration.ZERO,
                1,
                BatchSettings.UNLIMITED,
                Duration.ofDays(1),
                false,
                false,
                Optional.empty()));
    }

    /** Settings, of which a test specifies the relevant ones. */
    private record Settings(BatchSettings of) {

        BatchSettings build() {
            return of;
        }

        Settings window(Duration window) {
            return with(
                    window,
                    of.parallelizationFactor(),
                    of.maximumRetryAttempts(),
                    of.maximumRecordAge(),
                    of.bisectsBatchOnFunctionError(),
                    of.tumblingWindow());
        }

        Settings parallel(int factor) {
            return with(
                    of.batchingWindow(),
                    factor,
                    of.maximumRetryAttempts(),
                    of.maximumRecordAge(),
                    of.bisectsBatchOnFunctionError(),
                    of.tumblingWindow());
        }

        Settings retries(int retries) {
            return with(
                    of.batchingWindow(),
                    of.parallelizationFactor(),
                    retries,
                    of.maximumRecordAge(),
                    of.bisectsBatchOnFunctionError(),
                    of.tumblingWindow());
        }

        Settings age(Duration age) {
            return with(
                    of.batchingWindow(),
                    of.parallelizationFactor(),
                    of.maximumRetryAttempts(),
                    age,
                    of.bisectsBatchOnFunctionError(),
                    of.tumblingWindow());
        }

        Settings bisects() {
            return with(
                    of.batchingWindow(),
                    of.parallelizationFactor(),
                    of.maximumRetryAttempts(),
                    of.maximumRecordAge(),
                    true,
                    of.tumblingWindow());
        }

        Settings tumbling(Duration length) {
            return with(
                    of.batchingWindow(),
                    of.parallelizationFactor(),
                    of.maximumRetryAttempts(),
                    of.maximumRecordAge(),
                    of.bisectsBatchOnFunctionError(),
                    Optional.of(length));
        }

        private Settings with(
                Duration window, int factor, int retries, Duration age, boolean bisects, Optional<Duration> tumbling) {
            return new Settings(
                    new BatchSettings(of.batchSize(), window, factor, retries, age, bisects, true, tumbling));
        }
    }
}
