package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderDispatched;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.orders.domain.InMemoryOrders.Fate;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParcelDispatcherTest {

    private final InMemoryOrders orders = new InMemoryOrders();
    private final List<ParcelDispatched> announced = new ArrayList<>();
    private final OrderId id = OrderExamples.placeWithStock(orders, OrderExamples.newCustomer());
    private int announcementsThatFail;
    private int parcels;
    private final ParcelDispatcher dispatcher = new ParcelDispatcher(
            orders,
            () -> new ParcelId("parcel-%03d".formatted(++parcels)),
            this::announce,
            new OptimisticAttempts(_ -> {}),
            () -> NOW);

    @Test
    void paidOrder_isDispatchedAndAnnouncedWithThePlanThatIsStored() {
        // given
        OrderExamples.pay(orders, id);

        // when
        Shipment shipment = dispatcher.dispatch(id);

        // then
        Order order = orders.existing(id);
        assertThat(order.status()).isEqualTo(OrderStatus.DISPATCHED);
        assertThat(order.progress().shipment()).contains(shipment);
        assertThat(shipment).isEqualTo(Routes.to("DE").ship(new ParcelId("parcel-001"), NOW));
        assertThat(announced)
                .containsExactly(new ParcelDispatched(
                        shipment.parcel(),
                        Optional.of(id.value()),
                        shipment.route(),
                        shipment.promisedAt(),
                        new ConditionLimits(0, 40, 8, 80)));
        assertThat(orders.events().getLast())
                .isInstanceOfSatisfying(
                        OrderDispatched.class,
                        event -> assertThat(event.parcelId()).isEqualTo("parcel-001"));
    }

    @Test
    void repetition_announcesTheSamePlanAgain() {
        // given
        OrderExamples.pay(orders, id);
        dispatcher.dispatch(id);
        int events = orders.events().size();

        // when
        dispatcher.dispatch(id);

        // then
        assertThat(announced).hasSize(2);
        assertThat(announced.getFirst()).isEqualTo(announced.getLast());
        assertThat(orders.events()).hasSize(events);
    }

    @Test
    void lostAnswerOfTheStore_announcesTheStoredPlanWhenRepeated() {
        // given
        OrderExamples.pay(orders, id);
        orders.nextChanges(Fate.FAILS_AFTER);
        assertThatThrownBy(() -> dispatcher.dispatch(id)).isInstanceOf(IllegalStateException.class);
        assertThat(announced).isEmpty();

        // when
        dispatcher.dispatch(id);

        // then
        assertThat(announced).extracting(ParcelDispatched::parcel).containsExactly(new ParcelId("parcel-001"));
    }

    @Test
    void failedAnnouncement_isMadeUpByTheRepetitionWithTheSamePlan() {
        // given
        OrderExamples.pay(orders, id);
        announcementsThatFail = 1;
        assertThatThrownBy(() -> dispatcher.dispatch(id)).isInstanceOf(TransientFailureException.class);

        // when
        Shipment shipment = dispatcher.dispatch(id);

        // then
        assertThat(shipment.parcel()).isEqualTo(new ParcelId("parcel-001"));
        assertThat(announced).hasSize(1);
    }

    @Test
    void conflict_isTriedAgainWithWhatIsStoredThen() {
        // given
        OrderExamples.pay(orders, id);
        orders.nextChanges(Fate.CONFLICTS);

        // when
        Shipment shipment = dispatcher.dispatch(id);

        // then
        assertThat(orders.existing(id).progress().shipment()).contains(shipment);
        assertThat(announced).extracting(ParcelDispatched::parcel).containsExactly(shipment.parcel());
    }

    @Test
    void conflictThatGoesOn_announcesNothing() {
        // given
        OrderExamples.pay(orders, id);
        orders.nextChanges(Collections.nCopies(OptimisticAttempts.MAX_ATTEMPTS, Fate.CONFLICTS)
                .toArray(Fate[]::new));

        // then
        assertThatThrownBy(() -> dispatcher.dispatch(id)).isInstanceOf(ConcurrentChangeException.class);
        assertThat(announced).isEmpty();
    }

    @Test
    void orderThatIsNotPaid_isNotDispatched() {
        // given
        assertThat(orders.existing(id).status()).isEqualTo(OrderStatus.PLACED);

        // then
        assertThatThrownBy(() -> dispatcher.dispatch(id))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can't become DISPATCHED");
        assertThat(announced).isEmpty();
    }

    private void announce(ParcelDispatched dispatched) {
        if (announcementsThatFail-- > 0) {
            throw new TransientFailureException("The bus throttles");
        }
        announced.add(dispatched);
    }
}
