package dev.printshop.shared.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdempotentActionTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore(() -> now);
    private final IdempotentAction action = new IdempotentAction(store, () -> now);
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void duplicate_isNotDoneAgain() {
        assertThat(action.once("key", LONGEST, done::incrementAndGet)).isTrue();
        assertThat(action.once("key", LONGEST, done::incrementAndGet)).isFalse();
        assertThat(action.once("other", LONGEST, done::incrementAndGet)).isTrue();
        assertThat(done).hasValue(2);
    }

    @Test
    void failedAction_isRetriedAtOnce() {
        assertThatThrownBy(() -> action.once("key", LONGEST, () -> {
                    throw new IllegalStateException("throttled");
                }))
                .hasMessage("throttled");

        assertThat(action.once("key", LONGEST, done::incrementAndGet)).isTrue();
    }

    @Test
    void actionWithoutAnswer_isNotDoneAgainWhileItMayStillTakeEffect_andIsDoneAgainAfterThat() {
        // given an action that takes effect, and whose answer is lost
        assertThatThrownBy(() -> action.once("key", LONGEST, () -> {
                    done.incrementAndGet();
                    throw new UnknownOutcomeException("no answer", new IllegalStateException("timeout"));
                }))
                .isInstanceOf(UnknownOutcomeException.class);

        // when, then
        assertThatThrownBy(() -> action.once("key", LONGEST, done::incrementAndGet))
                .isInstanceOf(AlreadyInProgressException.class);
        now = now.plus(LONGEST).plusMillis(1);
        assertThat(action.once("key", LONGEST, done::incrementAndGet)).isTrue();
        assertThat(done).as("at least once").hasValue(2);
    }

    @Test
    void recordThatCannotBeDeleted_doesNotHideTheActionsFailure() {
        IdempotentAction withBrokenStore = new IdempotentAction(new StoreThatDeletesNothing(), () -> now);

        assertThatThrownBy(() -> withBrokenStore.once("key", LONGEST, () -> {
                    throw new IllegalStateException("SNS throttles");
                }))
                .hasMessage("SNS throttles")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(suppressed -> assertThat(suppressed).hasMessage("DynamoDB throttles")));
    }

    @Test
    void whileOthersAreAtIt_itIsRefused() throws Exception {
        // given
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (var others = Executors.newSingleThreadExecutor()) {
            var first = others.submit(() -> action.once("key", LONGEST, () -> {
                started.countDown();
                await(goOn);
                done.incrementAndGet();
            }));
            await(started);

            // when, then
            assertThatThrownBy(() -> action.once("key", LONGEST, done::incrementAndGet))
                    .isInstanceOf(AlreadyInProgressException.class)
                    .hasMessage("'key' is in progress elsewhere");
            goOn.countDown();
            assertThat(first.get()).isTrue();
        }
        assertThat(done).hasValue(1);
    }

    @Test
    void functionThatEndsBeforeSuccessIsSaved_leavesTheActionToBeRepeated_afterTheLease() {
        // given
        store.beforeSuccessIsSaved = () -> {
            throw new Death();
        };
        assertThatThrownBy(() -> action.once("key", LONGEST, done::incrementAndGet))
                .isInstanceOf(Death.class);
        store.beforeSuccessIsSaved = () -> {};

        // when, then
        assertDoneAgainOnceTheTimeIsOver();
    }

    @Test
    void successThatCannotBeSaved_isNoFailure_andOnlyAnotherRequestAfterTheTimeRepeatsTheAction() {
        // given
        store.beforeSuccessIsSaved = () -> {
            throw new IllegalStateException("DynamoDB throttles");
        };

        assertThat(action.once("key", LONGEST, done::incrementAndGet)).isTrue();

        store.beforeSuccessIsSaved = () -> {};
        assertDoneAgainOnceTheTimeIsOver();
    }

    private void assertDoneAgainOnceTheTimeIsOver() {
        assertThatThrownBy(() -> action.once("key", LONGEST, done::incrementAndGet))
                .isInstanceOf(AlreadyInProgressException.class);
        now = now.plusSeconds(31);
        assertThat(action.once("key", LONGEST, done::incrementAndGet)).isTrue();
        assertThat(done).as("at least once").hasValue(2);
    }

    /** Simulates the end of the process: no code catches it. */
    private static final class Death extends Error {}

    @Test
    void whoWasTooSlow_doesNotGiveBackWhatOthersHaveNow() {
        // given
        assertThatThrownBy(() -> action.once("key", LONGEST, () -> {
                    now = now.plusSeconds(31);
                    store.saveInProgress("key", now.plusSeconds(30));
                    throw new IllegalStateException("too late");
                }))
                .hasMessage("too late");

        // then
        assertThatThrownBy(() -> action.once("key", LONGEST, done::incrementAndGet))
                .isInstanceOf(AlreadyInProgressException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class StoreThatDeletesNothing implements IdempotencyStore {

        @Override
        public Status saveInProgress(String key, Instant inProgressExpiration) {
            return Status.ACQUIRED;
        }

        @Override
        public void saveSuccess(String key) {
            throw new UnsupportedOperationException("The action fails");
        }

        @Override
        public void deleteRecord(String key, Instant inProgressExpiration) {
            throw new IllegalStateException("DynamoDB throttles");
        }
    }
}
