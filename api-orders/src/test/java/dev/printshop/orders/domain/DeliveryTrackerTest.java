package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.PARCEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderId;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.orders.domain.DeliveryTracker.Outcome;
import dev.printshop.shared.concurrency.TransientFailureException;
import org.junit.jupiter.api.Test;

class DeliveryTrackerTest {

    private static final TaskToken TOKEN = new TaskToken("token-1");

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryDeliveries deliveries = new InMemoryDeliveries();
    private final FakeTaskTokens tokens = new FakeTaskTokens();
    private final DeliveryTracker tracker = new DeliveryTracker(orders, deliveries, tokens);
    private final OrderId id = OrderExamples.placeWithStock(orders, OrderExamples.newCustomer());

    @Test
    void deliveryAfterTheTask_continues() {
        // given
        OrderExamples.dispatch(orders, id);
        assertThat(tracker.await(id, TOKEN)).isFalse();
        assertThat(tokens.succeeded()).isEmpty();

        // when
        Outcome outcome = tracker.delivered(id, PARCEL, NOW);

        // then
        assertThat(outcome).isEqualTo(Outcome.CONTINUED);
        assertThat(tokens.succeeded()).containsExactly(TOKEN);
    }

    @Test
    void deliveryBeforeTheTask_continuesAsSoonAsTheTaskWaits() {
        // given
        OrderExamples.dispatch(orders, id);
        assertThat(tracker.delivered(id, PARCEL, NOW)).isEqualTo(Outcome.RECORDED);
        assertThat(tokens.succeeded()).isEmpty();

        // when
        boolean delivered = tracker.await(id, TOKEN);

        // then
        assertThat(delivered).isTrue();
        assertThat(tokens.succeeded()).containsExactly(TOKEN);
    }

    @Test
    void taskThatIsTriedAgain_isAnsweredByItsNewToken() {
        // given
        OrderExamples.dispatch(orders, id);
        tracker.await(id, TOKEN);
        TaskToken second = new TaskToken("token-2");
        tracker.await(id, second);

        // when
        tracker.delivered(id, PARCEL, NOW);

        // then
        assertThat(tokens.succeeded()).containsExactly(second);
    }

    @Test
    void lostAnswerOfTheRecord_continuesByTheRepetition() {
        // given
        OrderExamples.dispatch(orders, id);
        tracker.await(id, TOKEN);
        deliveries.loseNextAnswer();
        assertThatThrownBy(() -> tracker.delivered(id, PARCEL, NOW)).isInstanceOf(IllegalStateException.class);

        // when
        Outcome outcome = tracker.delivered(id, PARCEL, NOW.plusSeconds(1));

        // then
        assertThat(outcome).isEqualTo(Outcome.CONTINUED);
        assertThat(tokens.succeeded()).containsExactly(TOKEN);
    }

    @Test
    void answerThatFails_isGivenByTheRepetition() {
        // given
        OrderExamples.dispatch(orders, id);
        tracker.delivered(id, PARCEL, NOW);
        tokens.failNext(new TransientFailureException("throttled"));
        assertThatThrownBy(() -> tracker.await(id, TOKEN)).isInstanceOf(TransientFailureException.class);

        // when
        boolean delivered = tracker.await(id, TOKEN);

        // then
        assertThat(delivered).isTrue();
        assertThat(tokens.succeeded()).containsExactly(TOKEN);
    }

    @Test
    void parcelOfAnUnknownOrder_isNotRecorded() {
        // given
        OrderId unknown = OrderExamples.newId(NOW);

        // then
        assertThat(tracker.delivered(unknown, PARCEL, NOW)).isEqualTo(Outcome.NO_ORDER);
        assertThat(deliveries.has(unknown)).isFalse();
    }

    @Test
    void otherParcelOfAnOrder_isNotRecorded() {
        // given
        assertThat(tracker.delivered(id, PARCEL, NOW)).as("not dispatched").isEqualTo(Outcome.OTHER_PARCEL);
        OrderExamples.dispatch(orders, id);

        // then
        assertThat(tracker.delivered(id, new ParcelId("another-parcel"), NOW)).isEqualTo(Outcome.OTHER_PARCEL);
        assertThat(deliveries.has(id)).isFalse();
    }
}
