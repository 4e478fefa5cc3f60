package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.newId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.orders.OrderId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of {@link Deliveries}. Each test uses an order of its own. */
public abstract class DeliveriesContract {

    private static final TaskToken FIRST = new TaskToken("token-1");
    private static final TaskToken SECOND = new TaskToken("token-2");
    private static final int RACES = 20;

    private final OrderId order = newId(NOW);

    /** The deliveries under test. */
    protected abstract Deliveries deliveries();

    @Test
    protected void taskThatWaitsFirst_isReturnedWithTheDelivery() {
        assertThat(deliveries().await(order, FIRST)).isEqualTo(new Delivery(Optional.of(FIRST), Optional.empty()));
        assertThat(deliveries().recordDelivered(order, NOW))
                .isEqualTo(new Delivery(Optional.of(FIRST), Optional.of(NOW)));
    }

    @Test
    protected void deliveryThatIsFirst_isReturnedToTheTask() {
        assertThat(deliveries().recordDelivered(order, NOW))
                .isEqualTo(new Delivery(Optional.empty(), Optional.of(NOW)));
        assertThat(deliveries().await(order, FIRST)).isEqualTo(new Delivery(Optional.of(FIRST), Optional.of(NOW)));
    }

    @Test
    protected void repeatedDelivery_keepsTheFirstTime() {
        // given
        deliveries().recordDelivered(order, NOW);

        // then
        assertThat(deliveries().recordDelivered(order, NOW.plusSeconds(1)))
                .isEqualTo(new Delivery(Optional.empty(), Optional.of(NOW)));
    }

    @Test
    protected void laterAttempt_replacesTheToken() {
        // given
        deliveries().await(order, FIRST);

        // then
        assertThat(deliveries().await(order, SECOND)).isEqualTo(new Delivery(Optional.of(SECOND), Optional.empty()));
    }

    @Test
    protected void otherOrder_isAnotherDelivery() {
        // given
        deliveries().recordDelivered(newId(NOW), NOW);

        // then
        assertThat(deliveries().await(order, FIRST)).isEqualTo(new Delivery(Optional.of(FIRST), Optional.empty()));
    }

    @Test
    protected void concurrentTaskAndDelivery_areSeenByOneOfThem() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int race = 0; race < RACES; race++) {
                OrderId contested = newId(NOW);
                Future<Delivery> waiting = threads.submit(() -> deliveries().await(contested, FIRST));
                Future<Delivery> delivered = threads.submit(() -> deliveries().recordDelivered(contested, NOW));

                assertThat(List.of(waiting.get(), delivered.get()))
                        .contains(new Delivery(Optional.of(FIRST), Optional.of(NOW)));
            }
        }
    }
}
