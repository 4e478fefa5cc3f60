package dev.printshop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.Cashier;
import dev.printshop.orders.domain.FakePaymentProvider;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.orders.domain.NewOrder;
import dev.printshop.orders.domain.Order;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.OrderStatus;
import dev.printshop.orders.domain.Payment;
import dev.printshop.orders.domain.PaymentDeclinedException;
import dev.printshop.orders.domain.PaymentToken;
import dev.printshop.orders.domain.StockKeeper;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.testing.FakeContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** TakePayment and RefundPayment: money moves once, whatever gets lost. */
class PaymentHandlersTest {

    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final InMemoryOrders orders = new InMemoryOrders();
    private final FakePaymentProvider provider = new FakePaymentProvider();
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private Instant now = OrderExamples.NOW;
    private final Cashier cashier = new Cashier(orders, provider, attempts, () -> now, SETTLING);
    private final TakePaymentHandler take = new TakePaymentHandler(cashier);
    private final RefundPaymentHandler refund = new RefundPaymentHandler(cashier);

    @Test
    void reservedOrder_isCharged_andOnceOnlyWhenRepeated() {
        // given
        OrderId id = reserved("tok_ok");

        // when
        take(id);
        take(id);

        // then
        assertThat(order(id).status()).isEqualTo(OrderStatus.PAID);
        assertThat(provider.book()).containsExactly(Map.entry(id + "#charge", "CAPTURED 3499"));
        assertThat(provider.calls()).containsExactly("charge " + id + "#charge");
        assertThat(orders.events()).extracting(OrderEvent::detailType).containsExactly("OrderPlaced", "OrderPaid");
    }

    @Test
    void chargeWhoseAnswerIsLost_isFoundOutByTheRepetition() {
        // given
        OrderId id = reserved("tok_ok");
        provider.nextCalls(FakePaymentProvider.Fate.FAILS_AFTER);

        // when
        assertThatThrownBy(() -> take(id)).isExactlyInstanceOf(TransientFailureException.class);
        assertThat(order(id).status()).isEqualTo(OrderStatus.PAYMENT_UNKNOWN);
        take(id);

        // then
        assertThat(order(id).status()).isEqualTo(OrderStatus.PAID);
        assertThat(provider.book()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = InMemoryOrders.Fate.class, mode = Mode.EXCLUDE, names = "SUCCEEDS")
    void functionThatFailsAroundTheCharge_chargesOnceWhenRepeated(InMemoryOrders.Fate fate) {
        // given the fate of the change after the charge
        OrderId id = reserved("tok_ok");
        orders.nextChanges(InMemoryOrders.Fate.SUCCEEDS, fate);

        // when
        try {
            take(id);
        } catch (RuntimeException _) {
            take(id);
        }

        // then
        assertThat(order(id).status()).isEqualTo(OrderStatus.PAID);
        assertThat(provider.book()).hasSize(1);
        assertThat(orders.events()).extracting(OrderEvent::detailType).containsExactly("OrderPlaced", "OrderPaid");
    }

    @Test
    void orderWhoseChangeBeforeTheChargeFails_isNotCharged() {
        // given
        OrderId id = reserved("tok_ok");
        orders.nextChanges(InMemoryOrders.Fate.FAILS_BEFORE);

        // then
        assertThatThrownBy(() -> take(id)).isInstanceOf(RuntimeException.class);
        assertThat(provider.calls()).isEmpty();
    }

    @Test
    void declinedPayment_failsByTheNameThatTheWorkflowCatches_andNothingIsRefunded() {
        // given
        OrderId id = reserved("tok_declined");

        // then
        assertThatThrownBy(() -> take(id)).isExactlyInstanceOf(PaymentDeclinedException.class);

        // when
        refund(id);

        // then
        assertThat(provider.book()).containsExactly(Map.entry(id + "#charge", "DECLINED 3499"));
    }

    @Test
    void paidOrder_isRefunded_andOnceOnlyWhenRepeated() {
        // given
        OrderId id = reserved("tok_ok");
        take(id);

        // when
        refund(id);
        refund(id);

        // then
        assertThat(order(id).progress().payment()).map(Payment::refunded).contains(true);
        assertThat(provider.book()).containsEntry(id + "#refund", "REFUNDED 3499");
        assertThat(orders.events())
                .extracting(OrderEvent::detailType)
                .containsExactly("OrderPlaced", "OrderPaid", "OrderRefunded");
    }

    @Test
    void refundWhoseAnswerIsLost_isFoundOutByTheRepetition() {
        // given
        OrderId id = reserved("tok_ok");
        take(id);
        provider.nextCalls(FakePaymentProvider.Fate.FAILS_AFTER);

        // when
        assertThatThrownBy(() -> refund(id)).isExactlyInstanceOf(TransientFailureException.class);
        refund(id);

        // then
        assertThat(order(id).progress().payment()).map(Payment::refunded).contains(true);
        assertThat(provider.book()).hasSize(2);
    }

    @Test
    void capturedChargeThatOnlyTheProviderKnows_isRecordedAndRefunded() {
        // given
        OrderId id = reserved("tok_timeout_captured");
        assertThatThrownBy(() -> take(id)).isExactlyInstanceOf(TransientFailureException.class);

        // when
        refund(id);

        // then
        assertThat(provider.book())
                .containsEntry(id + "#charge", "CAPTURED 3499")
                .containsEntry(id + "#refund", "REFUNDED 3499");
        assertThat(orders.events())
                .extracting(OrderEvent::detailType)
                .containsExactly("OrderPlaced", "OrderPaid", "OrderRefunded");
    }

    @Test
    void unknownCharge_isNoMissingOne_untilItCannotArriveAnyMore() {
        // given
        OrderId id = reserved("tok_timeout_not_captured");
        assertThatThrownBy(() -> take(id)).isExactlyInstanceOf(TransientFailureException.class);

        // then
        now = OrderExamples.NOW.plus(SETTLING).minusMillis(1);
        assertThatThrownBy(() -> refund(id)).isExactlyInstanceOf(TransientFailureException.class);

        // when
        now = OrderExamples.NOW.plus(SETTLING);
        refund(id);

        // then
        assertThat(provider.book()).isEmpty();
        assertThat(order(id).progress().payment()).isEmpty();
    }

    @Test
    void dispatchedOrder_isNotRefunded() {
        // given
        OrderId id = reserved("tok_ok");
        take(id);
        OrderExamples.ship(orders, id);

        // then
        assertThatThrownBy(() -> refund(id)).isInstanceOf(IllegalStateException.class);
        assertThat(provider.book()).hasSize(1);
    }

    @Test
    void orderThatWasNeverCharged_needsNoCallOfTheProvider() {
        // given
        OrderId id = reserved("tok_ok");

        // when
        refund(id);

        // then
        assertThat(provider.calls()).isEmpty();
    }

    private OrderId reserved(String token) {
        NewOrder example = OrderExamples.newOrder(SampleEvents.CUSTOMER, token, OrderExamples.NOW);
        orders.place(new NewOrder(example.order(), new PaymentToken(token), example.event(), example.claim()));
        example.order().lines().forEach(line -> orders.putStock(line.print().productId(), 1_000));
        new StockKeeper(orders, attempts).reserve(example.order().id());
        return example.order().id();
    }

    private Order order(OrderId id) {
        return orders.existing(id);
    }

    private void take(OrderId id) {
        take.handleRequest(Map.of("orderId", id.value()), new FakeContext());
    }

    private void refund(OrderId id) {
        refund.handleRequest(Map.of("orderId", id.value()), new FakeContext());
    }
}
