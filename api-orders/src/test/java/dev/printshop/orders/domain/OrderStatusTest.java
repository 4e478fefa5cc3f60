package dev.printshop.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderStatusTest {

    @ParameterizedTest
    @CsvSource({
        "PLACED, RESERVED FAILED CANCELLED PARKED",
        "RESERVED, PAYMENT_UNKNOWN PAID FAILED CANCELLED PARKED",
        "PAYMENT_UNKNOWN, PAID FAILED PARKED",
        "PAID, AWAITING_APPROVAL DISPATCHED FAILED CANCELLED PARKED",
        "AWAITING_APPROVAL, DISPATCHED FAILED CANCELLED PARKED",
        "DISPATCHED, COMPLETED",
        "COMPLETED, ''",
        "FAILED, ''",
        "CANCELLED, ''",
        "PARKED, FAILED CANCELLED"
    })
    void order_becomesOnlyWhatMayFollowItsStatus(OrderStatus status, String expected) {
        // given
        Order order = with(status);

        // then
        for (OrderStatus next : OrderStatus.values()) {
            if (Set.of(expected.split(" ", -1)).contains(next.name())) {
                assertThat(order.become(next).status()).isEqualTo(next);
            } else {
                assertThatThrownBy(() -> order.become(next))
                        .as("%s to %s", status, next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContainingAll(order.id().value(), status.name(), next.name());
            }
        }
    }

    @Test
    void change_increasesTheVersionAndNothingElse() {
        // given
        Order placed = with(OrderStatus.PLACED);

        // when
        Order reserved = placed.become(OrderStatus.RESERVED);

        // then
        assertThat(reserved.version()).isEqualTo(placed.version() + 1);
        assertThat(reserved)
                .usingRecursiveComparison()
                .ignoringFields("status", "version")
                .isEqualTo(placed);
    }

    @ParameterizedTest
    @EnumSource
    void everyStatus_isReached_andLeadsToAFinalOne(OrderStatus status) {
        assertThat(reachableFrom(OrderStatus.PLACED)).contains(status);
        assertThat(reachableFrom(status)).anyMatch(OrderStatus::isFinal);
    }

    @Test
    void dispatchedOrder_isNoLongerCancelled() {
        assertThat(reachableFrom(OrderStatus.DISPATCHED)).doesNotContain(OrderStatus.CANCELLED, OrderStatus.FAILED);
    }

    private static Set<OrderStatus> reachableFrom(OrderStatus status) {
        Set<OrderStatus> reached = EnumSet.of(status);
        while (true) {
            Set<OrderStatus> more = reached.stream()
                    .flatMap(from -> Arrays.stream(OrderStatus.values()).filter(from::canBecome))
                    .collect(Collectors.toSet());
            if (!reached.addAll(more)) {
                return reached;
            }
        }
    }

    private static Order with(OrderStatus status) {
        Order placed = OrderExamples.order(OrderExamples.newCustomer(), OrderExamples.NOW);
        return new Order(
                placed.id(),
                placed.customer(),
                status,
                placed.lines(),
                placed.totals(),
                placed.address(),
                placed.placedAt(),
                placed.progress(),
                placed.version());
    }
}
