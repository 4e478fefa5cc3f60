package dev.printshop.orders;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderFailed;
import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.orders.domain.InMemoryOrders.Fate;
import dev.printshop.orders.domain.InMemoryParkedOrders;
import dev.printshop.orders.domain.OrderCloser;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.OrderParker;
import dev.printshop.orders.domain.OrderStatus;
import dev.printshop.orders.domain.ParkedOrder;
import dev.printshop.orders.domain.TaskToken;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CompleteOrder, CloseOrder and ParkOrder. */
class OrderEndHandlersTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryParkedOrders parked = new InMemoryParkedOrders();
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final OrderCloser closer = new OrderCloser(orders, attempts, () -> NOW);
    private final CompleteOrderHandler complete = new CompleteOrderHandler(closer);
    private final CloseOrderHandler close = new CloseOrderHandler(closer);
    private final ParkOrderHandler park =
            new ParkOrderHandler(new OrderParker(orders, parked, attempts, () -> NOW.plusNanos(999)));
    private final OrderId id = OrderExamples.placeWithStock(orders, SampleEvents.CUSTOMER);

    @Test
    void dispatchedOrder_isCompletedAndAnnouncedOnce_alsoWhenTheAnswerIsLostOrItConflicts() {
        // given
        OrderExamples.dispatch(orders, id);
        orders.nextChanges(Fate.CONFLICTS, Fate.FAILS_AFTER);

        // when
        assertThatThrownBy(this::complete).isInstanceOf(IllegalStateException.class);
        assertThat(complete()).isEqualTo(Map.of("orderId", id.value()));

        // then
        assertThat(status()).isEqualTo(OrderStatus.COMPLETED);
        assertThat(orders.events())
                .extracting(OrderEvent::detailType)
                .containsExactly("OrderPlaced", "OrderPaid", "OrderDispatched", "OrderCompleted");
        assertThat(log.lines()).contains("INFO Order completed {order=%s}".formatted(id));
    }

    @Test
    void orderThatIsNotDispatched_isNotCompleted() {
        assertThatThrownBy(this::complete).hasMessageContaining("is PLACED and can't become COMPLETED");
        assertThat(status()).isEqualTo(OrderStatus.PLACED);
    }

    @Test
    void orderThatCannotBeFulfilled_isClosedAndAnnouncedOnceWithItsReason() {
        // given
        orders.nextChanges(Fate.CONFLICTS, Fate.FAILS_AFTER);

        // when
        assertThatThrownBy(() -> close("OUT_OF_STOCK")).isInstanceOf(IllegalStateException.class);
        assertThat(close("OUT_OF_STOCK")).isEqualTo(Map.of("orderId", id.value()));

        // then
        assertThat(status()).isEqualTo(OrderStatus.FAILED);
        List<OrderEvent> events = orders.events();
        assertThat(events).extracting(OrderEvent::detailType).containsExactly("OrderPlaced", "OrderFailed");
        assertThat(((OrderFailed) events.getLast()).reason()).isEqualTo("OUT_OF_STOCK");
        assertThat(log.lines()).contains("INFO Order closed {order=%s, reason=OUT_OF_STOCK}".formatted(id));
    }

    @Test
    void dispatchedOrder_isNotClosed() {
        // given
        OrderExamples.dispatch(orders, id);

        // then
        assertThatThrownBy(() -> close("DISPATCH_FAILED")).isInstanceOf(IllegalStateException.class);
        assertThat(status()).isEqualTo(OrderStatus.DISPATCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "out of stock", "A_REASON_THAT_IS_LONGER_THAN_ITS_SCHEMA"})
    void reasonThatNoEventCanHave_isRefused(String reason) {
        assertThatThrownBy(() -> close(reason)).isInstanceOf(InvalidJsonException.class);
        assertThat(status()).isEqualTo(OrderStatus.PLACED);
    }

    @Test
    void orderWhoseCompensationFailed_isParkedWithItsToken_andRaisesAnAlarm() {
        // when
        assertThat(park("token-1")).isEqualTo(Map.of("orderId", id.value()));

        // then
        assertThat(status()).isEqualTo(OrderStatus.PARKED);
        assertThat(orders.existing(id).progress().failure()).contains("PAYMENT_FAILED");
        assertThat(parked.all())
                .isEqualTo(Map.of(id, new ParkedOrder(id, "PAYMENT_FAILED", new TaskToken("token-1"), NOW)));
        assertThat(log.metricLines()).singleElement().asString().startsWith("OrdersParked{");
        assertThat(log.lines())
                .contains("ERROR Order parked {order=%s, reason=PAYMENT_FAILED}".formatted(id))
                .noneMatch(line -> line.contains("token-1"));
    }

    @Test
    void orderThatIsParkedAgain_hasTheNewestToken() {
        // given
        orders.nextChanges(Fate.CONFLICTS, Fate.FAILS_AFTER);

        // when
        assertThatThrownBy(() -> park("token-1")).isInstanceOf(IllegalStateException.class);
        park("token-2");

        // then
        assertThat(status()).isEqualTo(OrderStatus.PARKED);
        assertThat(parked.all().get(id)).extracting(ParkedOrder::token).isEqualTo(new TaskToken("token-2"));
    }

    @Test
    void parkedOrder_canBeClosed() {
        // given
        park("token-1");

        // when
        close("PAYMENT_FAILED");

        // then
        assertThat(status()).isEqualTo(OrderStatus.FAILED);
    }

    @Test
    void dispatchedOrder_waitsForAPersonWithItsStatus() {
        // given
        OrderExamples.dispatch(orders, id);

        // when
        park("token-1");

        // then
        assertThat(status()).isEqualTo(OrderStatus.DISPATCHED);
        assertThat(parked.all()).containsOnlyKeys(id);
    }

    @Test
    void orderIsNotMarkedAsParked_withoutAStoredToken() {
        // given
        ParkOrderHandler withoutStore = new ParkOrderHandler(new OrderParker(
                orders,
                _ -> {
                    throw new IllegalStateException("out of reach");
                },
                attempts,
                () -> NOW));

        // then
        assertThatThrownBy(() -> withoutStore.handleRequest(parkInput("token-1"), new FakeContext()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(status()).isEqualTo(OrderStatus.PLACED);
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(CompleteOrderHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
        assertThatThrownBy(CloseOrderHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
        assertThatThrownBy(ParkOrderHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
    }

    private Map<String, Object> complete() {
        return complete.handleRequest(Map.of("orderId", id.value()), new FakeContext());
    }

    private Map<String, Object> close(String reason) {
        return close.handleRequest(Map.of("orderId", id.value(), "reason", reason), new FakeContext());
    }

    private Map<String, Object> park(String token) {
        return park.handleRequest(parkInput(token), new FakeContext());
    }

    private Map<String, Object> parkInput(String token) {
        return Map.of("orderId", id.value(), "reason", "PAYMENT_FAILED", "taskToken", token);
    }

    private OrderStatus status() {
        return orders.existing(id).status();
    }
}
