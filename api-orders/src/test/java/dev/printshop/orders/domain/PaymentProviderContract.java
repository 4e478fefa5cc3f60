package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.PaymentOutcome.Captured;
import dev.printshop.orders.domain.PaymentOutcome.Declined;
import dev.printshop.orders.domain.PaymentOutcome.NotFound;
import dev.printshop.orders.domain.PaymentOutcome.Refunded;
import dev.printshop.orders.domain.PaymentOutcome.Unknown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link PaymentProvider}, with the tokens of the sandbox. Each test has an order of its own. */
public abstract class PaymentProviderContract {

    private static final int CONCURRENT_CALLS = 10;
    private static final Money AMOUNT = Money.euroCents(2_011);

    private final OrderId order = newId(NOW);
    private final PaymentKey charge = PaymentKey.ofCharge(order);
    private final PaymentKey refund = PaymentKey.ofRefund(order);

    /** The provider under test. */
    protected abstract PaymentProvider provider();

    /** What the provider has of these keys: {@code CAPTURED 2011}. It is empty if nothing was done. */
    protected abstract List<String> book(Set<String> keys);

    @Test
    protected void acceptedCharge_isCapturedWithItsFee_andFound() {
        // when
        PaymentOutcome.OfCharge outcome = charge("tok_ok");

        // then
        assertThat(outcome).isInstanceOfSatisfying(Captured.class, captured -> {
            assertThat(captured.amount()).isEqualTo(AMOUNT);
            assertThat(captured.fee()).isEqualTo(Money.euroCents(53));
        });
        assertThat(provider().find(charge)).isEqualTo(outcome);
        assertThat(ordersBook()).containsExactly("CAPTURED 2011");
    }

    @ParameterizedTest
    @CsvSource({"1, 25", "35, 25", "36, 26", "107, 26", "108, 27", "10000, 165"})
    protected void fee_isRoundedHalfUp(long amount, long fee) {
        PaymentOutcome outcome = provider().charge(charge, Money.euroCents(amount), new PaymentToken("tok_ok"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Captured.class, captured -> assertThat(captured.fee()).isEqualTo(Money.euroCents(fee)));
    }

    @Test
    protected void repeatedCharge_getsTheFirstOutcome_whateverItsToken() {
        // given
        PaymentOutcome.OfCharge first = charge("tok_ok");

        // then
        assertThat(charge("tok_ok")).isEqualTo(first);
        assertThat(charge("tok_declined")).isEqualTo(first);
        assertThat(ordersBook()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_declined", "tok_of_nobody", "4111-1111"})
    protected void declinedCharge_staysDeclined(String token) {
        assertThat(charge(token)).isEqualTo(new Declined("CARD_DECLINED"));
        assertThat(charge("tok_ok")).isEqualTo(new Declined("CARD_DECLINED"));
        assertThat(provider().find(charge)).isEqualTo(new Declined("CARD_DECLINED"));
        assertThat(ordersBook()).containsExactly("DECLINED 2011");
    }

    @Test
    protected void unknownKey_isNotFound() {
        assertThat(provider().find(charge)).isEqualTo(new NotFound());
        assertThat(provider().find(refund)).isEqualTo(new NotFound());
    }

    @Test
    protected void sameKeyWithAnotherAmount_isUnknown_andTheFirstChargeStays() {
        // given
        PaymentOutcome.OfCharge first = charge("tok_ok");

        // when
        PaymentOutcome other = provider().charge(charge, Money.euroCents(2_012), new PaymentToken("tok_ok"));

        // then
        assertThat(other).isInstanceOf(Unknown.class);
        assertThat(provider().find(charge)).isEqualTo(first);
        assertThat(ordersBook()).hasSize(1);
    }

    @Test
    protected void chargeWhoseAnswerIsTooLate_isUnknown_andThenFoundAsCaptured() {
        assertThat(charge("tok_timeout_captured")).isInstanceOf(Unknown.class);
        assertThat(provider().find(charge)).isInstanceOf(Captured.class);
        assertThat(charge("tok_timeout_captured")).isEqualTo(provider().find(charge));
        assertThat(ordersBook()).containsExactly("CAPTURED 2011");
    }

    @Test
    protected void chargeThatNeverHappened_isUnknown_andThenNotFound() {
        assertThat(charge("tok_timeout_not_captured")).isInstanceOf(Unknown.class);
        assertThat(provider().find(charge)).isEqualTo(new NotFound());
        assertThat(ordersBook()).isEmpty();
    }

    @Test
    protected void serverErrors_areUnknown_untilTheProviderCaptures() {
        assertThat(charge("tok_500_2")).isInstanceOf(Unknown.class);
        assertThat(charge("tok_500_2")).isInstanceOf(Unknown.class);
        assertThat(ordersBook()).isEmpty();
        assertThat(charge("tok_500_2")).isInstanceOf(Captured.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_503_2", "tok_rate_limited_2"})
    protected void refusalsWithoutEffect_areTransient_untilTheProviderCaptures(String token) {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> charge(token)).isInstanceOf(PaymentProviderUnavailableException.class);
        }
        assertThat(provider().find(charge)).isEqualTo(new NotFound());
        assertThat(charge(token)).isInstanceOf(Captured.class);
    }

    @Test
    protected void rateLimitWithoutAnEnd_isTransientEachTime() {
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> charge("tok_rate_limited"))
                    .isInstanceOf(PaymentProviderUnavailableException.class);
        }
        assertThat(ordersBook()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_slow", "tok_twice", "tok_unauthorized_once"})
    protected void difficultCharge_isCapturedOnce(String token) {
        assertThat(charge(token)).isInstanceOf(Captured.class);
        assertThat(ordersBook()).containsExactly("CAPTURED 2011");
    }

    @Test
    protected void concurrentCharges_areOneWithEqualOutcomes() throws Exception {
        // given
        Callable<PaymentOutcome> call = () -> charge("tok_ok");

        // when
        Set<PaymentOutcome> outcomes = new HashSet<>(concurrently(call));

        // then
        assertThat(outcomes).singleElement().isInstanceOf(Captured.class);
        assertThat(ordersBook()).hasSize(1);
    }

    @Test
    protected void refund_isDoneOnce_andFound() {
        // given
        PaymentId payment = captured();

        // when
        PaymentOutcome.OfRefund first = provider().refund(refund, payment, AMOUNT);

        // then
        assertThat(first).isEqualTo(new Refunded(payment, AMOUNT));
        assertThat(provider().refund(refund, payment, AMOUNT)).isEqualTo(first);
        assertThat(provider().find(refund)).isEqualTo(first);
        assertThat(provider().find(charge)).isInstanceOf(Captured.class);
        assertThat(ordersBook()).containsExactlyInAnyOrder("CAPTURED 2011", "REFUNDED 2011");
    }

    @Test
    protected void concurrentRefunds_areOneWithEqualOutcomes() throws Exception {
        // given
        PaymentId payment = captured();
        Callable<PaymentOutcome> call = () -> provider().refund(refund, payment, AMOUNT);

        // when
        Set<PaymentOutcome> outcomes = new HashSet<>(concurrently(call));

        // then
        assertThat(outcomes).singleElement().isInstanceOf(Refunded.class);
        assertThat(ordersBook()).hasSize(2);
    }

    @Test
    protected void refundOfAnotherAmountWithTheSameKey_isUnknown() {
        // given
        PaymentId payment = captured();
        PaymentOutcome.OfRefund first = provider().refund(refund, payment, Money.euroCents(2_000));

        // then
        assertThat(provider().refund(refund, payment, AMOUNT)).isInstanceOf(Unknown.class);
        assertThat(provider().find(refund)).isEqualTo(first);
    }

    @Test
    protected void secondRefundOfAPayment_isDeclined() {
        // given
        PaymentId payment = captured();
        provider().refund(refund, payment, Money.euroCents(1));
        PaymentKey other = PaymentKey.ofRefund(newId(NOW));

        // then
        assertThat(provider().refund(other, payment, Money.euroCents(1))).isEqualTo(new Declined("ALREADY_REFUNDED"));
        assertThat(provider().find(other)).isEqualTo(new NotFound());
    }

    @Test
    protected void refundOfMoreThanWasCaptured_isDeclined() {
        // given
        PaymentId payment = captured();

        // then
        assertThat(provider().refund(refund, payment, Money.euroCents(2_012)))
                .isEqualTo(new Declined("AMOUNT_NOT_CAPTURED"));
        assertThat(ordersBook()).containsExactly("CAPTURED 2011");
    }

    @Test
    protected void refundOfAPaymentThatDoesNotExist_isDeclined() {
        assertThat(provider().refund(refund, new PaymentId("pay_none"), AMOUNT))
                .isEqualTo(new Declined("PAYMENT_NOT_FOUND"));
        assertThat(ordersBook()).isEmpty();
    }

    private PaymentOutcome.OfCharge charge(String token) {
        return provider().charge(charge, AMOUNT, new PaymentToken(token));
    }

    private PaymentId captured() {
        return charge("tok_ok") instanceof Captured captured ? captured.paymentId() : new PaymentId("pay_none");
    }

    private List<String> ordersBook() {
        return book(Set.of(charge.toString(), refund.toString()));
    }

    private static List<PaymentOutcome> concurrently(Callable<PaymentOutcome> call) throws Exception {
        List<PaymentOutcome> outcomes = new ArrayList<>();
        try (ExecutorService functions = Executors.newFixedThreadPool(CONCURRENT_CALLS)) {
            for (Future<PaymentOutcome> each : functions.invokeAll(Collections.nCopies(CONCURRENT_CALLS, call))) {
                outcomes.add(each.get());
            }
        }
        return outcomes;
    }
}
