package dev.printshop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.orders.domain.InMemoryOrders.Fate;
import dev.printshop.orders.domain.Order;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.OrderStatus;
import dev.printshop.orders.domain.OutOfStockException;
import dev.printshop.orders.domain.StockKeeper;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ReserveStock and ReleaseStock: an order takes 100 of 1000 prints and 1 of 10 posters. */
class StockHandlersTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final StockKeeper keeper = new StockKeeper(orders, new OptimisticAttempts(_ -> {}));
    private final ReserveStockHandler reserve = new ReserveStockHandler(keeper);
    private final ReleaseStockHandler release = new ReleaseStockHandler(keeper);
    private final OrderId id = OrderExamples.placeWithStock(orders, SampleEvents.CUSTOMER);

    @Test
    void placedOrder_isReserved_andOnceOnlyWhenRepeated() {
        // when
        Map<String, Object> answer = reserve();
        reserve();

        // then
        assertThat(answer).isEqualTo(Map.of("orderId", id.value()));
        assertThat(order().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(order().progress().stockReserved()).isTrue();
        assertStock(900, 9);
        assertThat(log.lines()).contains("INFO Stock reserved {order=%s}".formatted(id));
    }

    @Test
    void reservationWhoseAnswerIsLost_takesTheStockOnce() {
        // given
        orders.nextChanges(Fate.FAILS_AFTER);

        // when
        assertThatThrownBy(this::reserve).isInstanceOf(IllegalStateException.class);
        reserve();

        // then
        assertThat(order().status()).isEqualTo(OrderStatus.RESERVED);
        assertStock(900, 9);
    }

    @Test
    void conflict_isRetriedWithANewRead() {
        // given
        orders.nextChanges(Fate.CONFLICTS, Fate.CONFLICTS);

        // when
        reserve();

        // then
        assertStock(900, 9);
    }

    @Test
    void conflictThatGoesOn_failsByTheNameThatTheWorkflowRetries() {
        // given
        orders.nextChanges(Stream.generate(() -> Fate.CONFLICTS)
                .limit(OptimisticAttempts.MAX_ATTEMPTS)
                .toArray(Fate[]::new));

        // then
        assertThatThrownBy(this::reserve).isExactlyInstanceOf(ConcurrentChangeException.class);
        assertStock(1_000, 10);
    }

    @Test
    void orderOfMoreThanThereIs_failsByTheNameThatTheWorkflowCatches() {
        // given
        orders.putStock("poster-30x45", 0);

        // then
        assertThatThrownBy(this::reserve).isExactlyInstanceOf(OutOfStockException.class);
        assertThat(order().status()).isEqualTo(OrderStatus.PLACED);
        assertStock(1_000, 0);
    }

    @Test
    void reservedOrder_isReleased_andOnceOnlyWhenRepeated() {
        // given
        reserve();

        // when
        Map<String, Object> answer = release();
        release();

        // then
        assertThat(answer).isEqualTo(Map.of("orderId", id.value()));
        assertThat(order().progress().stockReserved()).isFalse();
        assertStock(1_000, 10);
    }

    @Test
    void releaseWhoseAnswerIsLost_putsTheStockBackOnce() {
        // given
        reserve();
        orders.nextChanges(Fate.FAILS_AFTER);

        // when
        assertThatThrownBy(this::release).isInstanceOf(IllegalStateException.class);
        release();

        // then
        assertStock(1_000, 10);
    }

    @Test
    void releaseOfAnOrderWithoutStock_doesNothing() {
        // when
        release();

        // then
        assertThat(order().version()).isEqualTo(1);
        assertStock(1_000, 10);
    }

    @Test
    void reservationThatIsLateAfterTheRelease_takesNothing() {
        // given
        reserve();
        release();

        // when
        reserve();

        // then
        assertStock(1_000, 10);
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(ReserveStockHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
        assertThatThrownBy(ReleaseStockHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
    }

    private Map<String, Object> reserve() {
        return reserve.handleRequest(Map.of("orderId", id.value()), new FakeContext());
    }

    private Map<String, Object> release() {
        return release.handleRequest(Map.of("orderId", id.value()), new FakeContext());
    }

    private Order order() {
        return orders.existing(id);
    }

    private void assertStock(long prints, long posters) {
        assertThat(orders.available("print-10x15")).isEqualTo(prints);
        assertThat(orders.available("poster-30x45")).isEqualTo(posters);
    }
}
