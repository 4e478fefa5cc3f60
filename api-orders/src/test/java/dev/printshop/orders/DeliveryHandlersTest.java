package dev.printshop.orders;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.PARCEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderId;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.orders.aws.EventBridgeDispatchAnnouncer;
import dev.printshop.orders.domain.DeliveryTracker;
import dev.printshop.orders.domain.FakeTaskTokens;
import dev.printshop.orders.domain.InMemoryDeliveries;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.OrderStatus;
import dev.printshop.orders.domain.ParcelDispatcher;
import dev.printshop.orders.domain.TaskToken;
import dev.printshop.shared.aws.FakeEventBridge;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DispatchParcel, AwaitDelivery and ContinueOrder. */
class DeliveryHandlersTest {

    private static final String TOKEN = "AQCsecret";

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final FakeTaskTokens tokens = new FakeTaskTokens();
    private final FakeEventBridge eventBridge = new FakeEventBridge();
    private final DeliveryTracker tracker = new DeliveryTracker(orders, new InMemoryDeliveries(), tokens);
    private final DispatchParcelHandler dispatch = new DispatchParcelHandler(new ParcelDispatcher(
            orders,
            () -> PARCEL,
            new EventBridgeDispatchAnnouncer(eventBridge, "bus", DispatchParcelHandler.CALL_TIMEOUT),
            new OptimisticAttempts(_ -> {}),
            () -> NOW));
    private final AwaitDeliveryHandler await = new AwaitDeliveryHandler(tracker);
    private final ContinueOrderHandler proceed = new ContinueOrderHandler(tracker);
    private final FakeContext context = new FakeContext();
    private final OrderId id = OrderExamples.placeWithStock(orders, SampleEvents.CUSTOMER);

    @Test
    void paidOrder_isDispatched_andAnnouncedAgainWhenRepeated() {
        // given
        OrderExamples.pay(orders, id);

        // when
        assertThat(dispatch()).isEqualTo(Map.of("orderId", id.value()));
        assertThat(dispatch()).isEqualTo(Map.of("orderId", id.value()));

        // then
        assertThat(orders.existing(id).status()).isEqualTo(OrderStatus.DISPATCHED);
        assertThat(eventBridge.taken)
                .hasSize(2)
                .extracting(entry -> entry.detail())
                .allMatch(detail -> detail.equals(eventBridge.taken.getFirst().detail()));
        assertThat(log.lines()).contains("INFO Parcel dispatched {order=%s, parcel=%s}".formatted(id, PARCEL));
    }

    @Test
    void busThatIsOutOfReach_isRetriedByTheWorkflow() {
        // given
        OrderExamples.pay(orders, id);
        eventBridge.outOfReach = call -> call == 1;

        // then
        assertThatThrownBy(this::dispatch).isExactlyInstanceOf(TransientFailureException.class);
        assertThat(dispatch()).isEqualTo(Map.of("orderId", id.value()));
        assertThat(eventBridge.taken).hasSize(1);
    }

    @Test
    void awaitedDelivery_continuesTheOrder() {
        // given
        OrderExamples.dispatch(orders, id);
        assertThat(await()).isEqualTo(Map.of("orderId", id.value()));

        // when
        Map<String, Object> outcome = proceed(delivered(Optional.of(id.value())));

        // then
        assertThat(outcome).isEqualTo(Map.of("outcome", "CONTINUED"));
        assertThat(tokens.succeeded()).containsExactly(new TaskToken(TOKEN));
        assertThat(log.lines())
                .contains(
                        "INFO Delivery awaited {order=%s, delivered_before=false}".formatted(id),
                        ("INFO Delivery handled {correlation_id=scan-1, event_id=7, order=%s, parcel=%s,"
                                        + " outcome=CONTINUED}")
                                .formatted(id, PARCEL));
    }

    @Test
    void token_isNeverLogged() {
        // given
        OrderExamples.dispatch(orders, id);
        tokens.failNext(new IllegalStateException("a bug"));

        // when
        proceed(delivered(Optional.of(id.value())));
        assertThatThrownBy(this::await).hasMessage("a bug");
        await();

        // then
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(TOKEN));
        assertThat(log.debugLines()).isNotEmpty().noneMatch(line -> line.contains(TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order-1001"})
    void parcelOfAnotherSender_isIgnored(String orderId) {
        // when
        Map<String, Object> outcome = proceed(delivered(Optional.of(orderId).filter(text -> !text.isEmpty())));

        // then
        assertThat(outcome).isEqualTo(Map.of("outcome", "OTHER_SENDER"));
        assertThat(log.lines()).allMatch(line -> line.startsWith("INFO"));
    }

    @Test
    void parcelOfAnUnknownOrder_isIgnoredWithAWarning() {
        // when
        Map<String, Object> outcome =
                proceed(delivered(Optional.of(OrderExamples.newId(NOW).value())));

        // then
        assertThat(outcome).isEqualTo(Map.of("outcome", "NO_ORDER"));
        assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN Delivery handled {"));
    }

    @Test
    void otherParcelEvent_isRefused() {
        // given
        Map<String, Object> envelope = Map.of(
                "source",
                "printshop.parcels",
                "detail-type",
                "ParcelLost",
                "detail",
                Map.of("schemaVersion", 1, "parcelId", PARCEL.value()));

        // then
        assertThatThrownBy(() -> proceed(envelope))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("detail-type");
    }

    private Map<String, Object> dispatch() {
        return dispatch.handleRequest(Map.of("orderId", id.value()), context);
    }

    private Map<String, Object> await() {
        return await.handleRequest(Map.of("orderId", id.value(), "taskToken", TOKEN), context);
    }

    private Map<String, Object> proceed(Map<String, Object> envelope) {
        return proceed.handleRequest(envelope, context);
    }

    private static Map<String, Object> delivered(Optional<String> orderId) {
        Map<String, Object> detail =
                ParcelEventJson.toDetail(new ParcelDelivered(PARCEL, orderId, NOW, NOW.plusSeconds(60)));
        detail.put("correlationId", "scan-1");
        return Map.of("id", "7", "source", "printshop.parcels", "detail-type", "ParcelDelivered", "detail", detail);
    }
}
