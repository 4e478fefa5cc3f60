package dev.printshop.orders.http;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.newId;
import static dev.printshop.orders.http.GuardedPaymentProvider.MAX_CONCURRENT_CALLS;
import static dev.printshop.orders.http.GuardedPaymentProvider.MIN_CALLS;
import static dev.printshop.orders.http.GuardedPaymentProvider.OPEN;
import static dev.printshop.orders.http.GuardedPaymentProvider.TRIAL_CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.orders.domain.FakePaymentProvider;
import dev.printshop.orders.domain.FakePaymentProvider.Fate;
import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.PaymentId;
import dev.printshop.orders.domain.PaymentKey;
import dev.printshop.orders.domain.PaymentOutcome;
import dev.printshop.orders.domain.PaymentOutcome.Captured;
import dev.printshop.orders.domain.PaymentOutcome.Declined;
import dev.printshop.orders.domain.PaymentOutcome.NotFound;
import dev.printshop.orders.domain.PaymentOutcome.Unknown;
import dev.printshop.orders.domain.PaymentProvider;
import dev.printshop.orders.domain.PaymentProviderUnavailableException;
import dev.printshop.orders.domain.PaymentToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedPaymentProviderTest {

    private static final Money AMOUNT = Money.euroCents(2_011);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final FakePaymentProvider provider = new FakePaymentProvider();
    private final SetClock clock = new SetClock();
    private final GuardedPaymentProvider guarded = new GuardedPaymentProvider(provider, clock);

    @ParameterizedTest
    @EnumSource(names = "SUCCEEDS", mode = EnumSource.Mode.EXCLUDE)
    void providerThatIsDown_isNotCalled_onceItsBreakerIsOpen(Fate failure) {
        // given
        provider.nextCalls(times(MIN_CALLS, failure));

        // when
        for (int call = 0; call < MIN_CALLS; call++) {
            attempt(guarded);
        }

        // then
        assertThatThrownBy(() -> charge(guarded, "tok_ok"))
                .isInstanceOf(PaymentProviderUnavailableException.class)
                .hasMessageStartingWith("Not sent");
        assertThatThrownBy(() -> guarded.find(PaymentKey.ofCharge(newId(NOW))))
                .isInstanceOf(PaymentProviderUnavailableException.class);
        assertThatThrownBy(() -> guarded.refund(PaymentKey.ofRefund(newId(NOW)), new PaymentId("pay_1"), AMOUNT))
                .isInstanceOf(PaymentProviderUnavailableException.class);
        assertThat(provider.calls()).hasSize(MIN_CALLS);
    }

    @Test
    void fewerFailures_leaveTheBreakerClosed() {
        // given
        provider.nextCalls(times(MIN_CALLS - 1, Fate.FAILS_BEFORE));
        for (int call = 0; call < MIN_CALLS - 1; call++) {
            attempt(guarded);
        }

        // then
        assertThat(charge(guarded, "tok_ok")).as("the fifth call").isInstanceOf(Captured.class);
    }

    @Test
    void declinedPaymentsAndMissingOnes_areAnswersOfAHealthyProvider() {
        for (int call = 0; call < 2 * MIN_CALLS; call++) {
            assertThat(charge(guarded, "tok_declined")).isInstanceOf(Declined.class);
            assertThat(guarded.find(PaymentKey.ofCharge(newId(NOW)))).isInstanceOf(NotFound.class);
        }
    }

    @Test
    void failureOfOurOwn_saysNothingAboutTheProvider() {
        // given
        GuardedPaymentProvider failing = new GuardedPaymentProvider(
                new ProviderOfCharges(() -> {
                    throw new IllegalStateException("The secret can't be read");
                }),
                clock);

        // then
        for (int call = 0; call < 2 * MIN_CALLS; call++) {
            assertThatThrownBy(() -> charge(failing, "tok_ok")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void openBreaker_permitsTrialCallsAfterAWhile_andClosesWhenTheySucceed() {
        // given
        open(guarded);
        clock.advance(OPEN.minus(MOMENT));
        assertThatThrownBy(() -> charge(guarded, "tok_ok")).isInstanceOf(PaymentProviderUnavailableException.class);

        // when
        clock.advance(MOMENT.multipliedBy(2));

        // then
        for (int call = 0; call < TRIAL_CALLS + MIN_CALLS; call++) {
            assertThat(charge(guarded, "tok_ok")).isInstanceOf(Captured.class);
        }
    }

    @Test
    void trialCallsThatFail_openTheBreakerAgain() {
        // given
        open(guarded);
        clock.advance(OPEN.plus(MOMENT));
        provider.nextCalls(times(TRIAL_CALLS, Fate.FAILS_BEFORE));

        // when
        for (int call = 0; call < TRIAL_CALLS; call++) {
            assertThat(charge(guarded, "tok_ok")).isInstanceOf(Unknown.class);
        }

        // then
        assertThatThrownBy(() -> charge(guarded, "tok_ok"))
                .isInstanceOf(PaymentProviderUnavailableException.class)
                .hasMessageStartingWith("Not sent");
    }

    @Test
    void eachEnvironment_needsFailuresOfItsOwn() {
        // given: environments that share the provider, and nothing else
        int environments = 3;
        List<GuardedPaymentProvider> breakers = Stream.generate(() -> new GuardedPaymentProvider(provider, clock))
                .limit(environments)
                .toList();
        provider.nextCalls(times(environments * MIN_CALLS, Fate.FAILS_BEFORE));

        // when
        for (int call = 0; call < 4 * MIN_CALLS; call++) {
            breakers.forEach(GuardedPaymentProviderTest::attempt);
        }

        // then
        assertThat(provider.calls()).hasSize(environments * MIN_CALLS);
    }

    @Test
    void snapshotAfterReset_holdsNeitherAnOpenBreakerNorEarlierFailures() {
        // given
        open(guarded);

        // when
        guarded.reset();
        provider.nextCalls(times(MIN_CALLS - 1, Fate.FAILS_BEFORE));

        // then
        for (int call = 0; call < MIN_CALLS - 1; call++) {
            assertThat(charge(guarded, "tok_ok")).isInstanceOf(Unknown.class);
        }
        assertThat(charge(guarded, "tok_ok")).isInstanceOf(Captured.class);
    }

    @Test
    void callBeyondTheBulkhead_isNotSent_andDoesNotCountAsAFailure() throws Exception {
        // given
        CountDownLatch sent = new CountDownLatch(MAX_CONCURRENT_CALLS);
        CountDownLatch answer = new CountDownLatch(1);
        GuardedPaymentProvider busy = new GuardedPaymentProvider(
                new ProviderOfCharges(() -> {
                    sent.countDown();
                    answer.await();
                    return new Declined("CARD_DECLINED");
                }),
                clock);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PaymentOutcome>> calls = IntStream.range(0, MAX_CONCURRENT_CALLS)
                    .mapToObj(_ -> callers.submit(() -> charge(busy, "tok_ok")))
                    .toList();
            sent.await();

            // when
            for (int call = 0; call < 2 * MIN_CALLS; call++) {
                assertThatThrownBy(() -> charge(busy, "tok_ok"))
                        .isInstanceOf(PaymentProviderUnavailableException.class)
                        .hasMessageStartingWith("Not sent: too many");
            }
            answer.countDown();

            // then
            for (Future<PaymentOutcome> call : calls) {
                assertThat(call.get()).isInstanceOf(Declined.class);
            }
            assertThat(charge(busy, "tok_ok")).isInstanceOf(Declined.class);
        }
    }

    private void open(GuardedPaymentProvider environment) {
        provider.nextCalls(times(MIN_CALLS, Fate.FAILS_BEFORE));
        for (int call = 0; call < MIN_CALLS; call++) {
            attempt(environment);
        }
        assertThatThrownBy(() -> charge(environment, "tok_ok")).hasMessageStartingWith("Not sent");
    }

    private static void attempt(PaymentProvider environment) {
        try {
            charge(environment, "tok_ok");
        } catch (PaymentProviderUnavailableException _) {
            // The workflow repeats it later.
        }
    }

    private static PaymentOutcome charge(PaymentProvider environment, String token) {
        return environment.charge(PaymentKey.ofCharge(newId(NOW)), AMOUNT, new PaymentToken(token));
    }

    private static Fate[] times(int times, Fate fate) {
        return Stream.generate(() -> fate).limit(times).toArray(Fate[]::new);
    }

    @FunctionalInterface
    private interface Charging {
        PaymentOutcome.OfCharge outcome() throws InterruptedException;
    }

    /** A provider that only takes charges. */
    private record ProviderOfCharges(Charging charging) implements PaymentProvider {

        @Override
        public PaymentOutcome.OfCharge charge(PaymentKey key, Money amount, PaymentToken token) {
            try {
                return charging.outcome();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PaymentOutcome.OfRefund refund(PaymentKey key, PaymentId payment, Money amount) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PaymentOutcome find(PaymentKey key) {
            throw new UnsupportedOperationException();
        }
    }

    /** A clock that stands still until it is advanced. */
    private static final class SetClock extends Clock {

        private Instant now = NOW;

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
