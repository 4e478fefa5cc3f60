package dev.printshop.orders;

import static dev.printshop.orders.SampleEvents.CUSTOMER;
import static dev.printshop.orders.SampleEvents.event;
import static dev.printshop.orders.SampleEvents.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.orders.aws.EventBridgeOrderEvents;
import dev.printshop.orders.domain.DeliveryTracker;
import dev.printshop.orders.domain.FakeTaskTokens;
import dev.printshop.orders.domain.FulfilmentStarter;
import dev.printshop.orders.domain.InMemoryDeliveries;
import dev.printshop.orders.domain.InMemoryFulfilments;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.orders.domain.InMemoryPrintablePhotos;
import dev.printshop.orders.domain.OrderCloser;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.OrderParker;
import dev.printshop.orders.domain.OrderPlacer;
import dev.printshop.orders.domain.OrderStatus;
import dev.printshop.orders.domain.ParcelDispatcher;
import dev.printshop.orders.domain.PrintablePhoto;
import dev.printshop.orders.domain.PrintablePhoto.State;
import dev.printshop.orders.domain.StockKeeper;
import dev.printshop.shared.aws.FakeEventBridge;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The sample events, deserialised as by the runtime, have the answers described in events/README.md. */
class OrderSampleEventsTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final OrderId SAMPLE_ORDER = new OrderId("019ac5f0-7b1e-7c3a-9f5e-0123456789ab");
    private static final Map<String, Object> ANSWER = Map.of("orderId", SAMPLE_ORDER.value());

    private static final AllowedOrigin NONE = new AllowedOrigin(Optional.empty());

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryPrintablePhotos photos = new InMemoryPrintablePhotos();
    private final PlaceOrderHandler placeOrder = new PlaceOrderHandler(
            new OrderPlacer(orders, photos, OrderExamples::newId, () -> OrderExamples.NOW, _ -> {}), NONE);
    private final TrackPhotosHandler trackPhotos = new TrackPhotosHandler(photos);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final StockKeeper stockKeeper = new StockKeeper(orders, attempts);
    private final OrderCloser closer = new OrderCloser(orders, attempts, () -> OrderExamples.NOW);
    private final FakeContext context = new FakeContext();

    @Test
    void orderOfReadyPhotos_isCreated_andTheSameWhenRepeated() {
        // given
        for (String photo : new String[] {"beach at night.jpg", "cat.jpg"}) {
            photos.store(
                    new PrintablePhoto(new PhotoId(CUSTOMER.value(), photo), OrderExamples.version(1), State.READY));
        }

        // when
        APIGatewayProxyResponseEvent first = placeOrder.handleRequest(request("place-order.json"), context);
        APIGatewayProxyResponseEvent second = placeOrder.handleRequest(request("place-order.json"), context);

        // then
        assertThat(first.getStatusCode()).isEqualTo(201);
        assertThat(second).isEqualTo(first);
        assertThat(orders.stored()).hasSize(1);
    }

    @Test
    void orderOfUnknownPhotos_namesThem() {
        APIGatewayProxyResponseEvent response = placeOrder.handleRequest(request("place-order.json"), context);

        assertThat(response.getStatusCode()).isEqualTo(422);
        assertThat(SampleEvents.fields(response)).containsExactly("items[0].photoId", "items[1].photoId");
    }

    @Test
    void orderThatDoesNotExist_isNotFound() {
        assertThat(new GetOrderHandler(orders, NONE)
                        .handleRequest(request("get-order.json"), context)
                        .getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void customerWithoutOrders_hasAnEmptyList() {
        assertThat(new ListOrdersHandler(orders, NONE)
                        .handleRequest(request("list-orders.json"), context)
                        .getBody())
                .isEqualTo("{\"items\":[],\"nextCursor\":null}");
    }

    @Test
    void catalogue_isShownToCallersWhoAreNotSignedIn() {
        assertThat(new ListProductsHandler(NONE)
                        .handleRequest(request("list-products.json"), context)
                        .getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void health_isOk() {
        assertThat(new GetHealthHandler(orders, NONE)
                        .handleRequest(request("get-health.json"), context)
                        .getBody())
                .isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void batchOfThreeKindsOfEvents_isTracked() {
        // when
        assertThat(trackPhotos
                        .handleRequest(event("track-photos.json", SQSEvent.class), context)
                        .getBatchItemFailures())
                .isEmpty();

        // then
        assertThat(photos.all().values())
                .extracting(photo -> photo.photo() + " " + photo.state())
                .containsExactlyInAnyOrder(
                        "sam/beach at night.jpg READY", "sam/letter.pdf UNAVAILABLE", "sam/old-house.jpg UNAVAILABLE");
    }

    @Test
    void batchWithAPoisonMessage_reportsThatOneAndTracksTheOthers() {
        // when
        SQSBatchResponse response =
                trackPhotos.handleRequest(event("track-photos.poison.json", SQSEvent.class), context);

        // then
        assertThat(response.getBatchItemFailures())
                .extracting(BatchItemFailure::getItemIdentifier)
                .containsExactly("d8a0a3ff-181b-475f-8ce7-bc35cd0eed3c");
        assertThat(photos.all()).hasSize(2);
        assertThat(log.lines()).anyMatch(line -> line.startsWith("ERROR Message can't be read {"));
    }

    @Test
    void eventOfANewOrder_isPublished() {
        // given
        FakeEventBridge eventBridge = new FakeEventBridge();
        RelayOrderEventsHandler relay = new RelayOrderEventsHandler(
                new EventBridgeOrderEvents(eventBridge, "bus", RelayOrderEventsHandler.CALL_TIMEOUT));

        // when
        StreamsEventResponse response =
                relay.handleRequest(event("relay-order-events.json", DynamodbEvent.class), context);

        // then
        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(eventBridge.taken)
                .extracting(PutEventsRequestEntry::detailType)
                .containsExactly("OrderPlaced");
    }

    @Test
    void eventOfANewOrder_startsItsFulfilmentOnce() {
        // given
        InMemoryFulfilments fulfilments = new InMemoryFulfilments();
        StartFulfilmentHandler start = new StartFulfilmentHandler(new FulfilmentStarter(orders, fulfilments));
        OrderExamples.placeWithStock(orders, SAMPLE_ORDER);

        // when
        for (int i = 0; i < 2; i++) {
            assertThat(start.handleRequest(event("start-fulfilment.json", SQSEvent.class), context)
                            .getBatchItemFailures())
                    .isEmpty();
        }
        assertThat(start.handleRequest(event("start-fulfilment.poison.json", SQSEvent.class), context)
                        .getBatchItemFailures())
                .extracting(BatchItemFailure::getItemIdentifier)
                .containsExactly("b2f8d6e1-0c4a-4f7b-9d35-6e7f8a9b0c1d");

        // then
        assertThat(fulfilments.started()).containsExactly(SAMPLE_ORDER);
    }

    @Test
    void straightPath_isReservedAndCompleted() {
        // given
        OrderExamples.placeWithStock(orders, SAMPLE_ORDER);
        ReserveStockHandler reserve = new ReserveStockHandler(stockKeeper);
        CompleteOrderHandler complete = new CompleteOrderHandler(closer);

        // then
        assertThat(reserve.handleRequest(input("reserve-stock.json"), context)).isEqualTo(ANSWER);
        assertThat(status()).isEqualTo(OrderStatus.RESERVED);
        assertThatThrownBy(() -> complete.handleRequest(input("complete-order.json"), context))
                .hasMessageContaining("can't become COMPLETED");
        OrderExamples.dispatch(orders, SAMPLE_ORDER);
        assertThat(complete.handleRequest(input("complete-order.json"), context))
                .isEqualTo(ANSWER);
        assertThat(status()).isEqualTo(OrderStatus.COMPLETED);
    }

    @Test
    void compensation_isParkedReleasedAndClosed() {
        // given
        OrderExamples.placeWithStock(orders, SAMPLE_ORDER);
        stockKeeper.reserve(SAMPLE_ORDER);

        // then
        assertThat(new ParkOrderHandler(new OrderParker(orders, _ -> {}, attempts, () -> OrderExamples.NOW))
                        .handleRequest(input("park-order.json"), context))
                .isEqualTo(ANSWER);
        assertThat(status()).isEqualTo(OrderStatus.PARKED);
        assertThat(new ReleaseStockHandler(stockKeeper).handleRequest(input("release-stock.json"), context))
                .isEqualTo(ANSWER);
        assertThat(orders.existing(SAMPLE_ORDER).progress().stockReserved()).isFalse();
        assertThat(new CloseOrderHandler(closer).handleRequest(input("close-order.json"), context))
                .isEqualTo(ANSWER);
        assertThat(status()).isEqualTo(OrderStatus.FAILED);
    }

    private OrderStatus status() {
        return orders.existing(SAMPLE_ORDER).status();
    }

    @SuppressWarnings("unchecked") // the samples are objects
    private static Map<String, Object> input(String name) {
        return event(name, Map.class);
    }

    @Test
    void dispatchOfAnUnknownOrder_isAnError() {
        DispatchParcelHandler dispatch = new DispatchParcelHandler(new ParcelDispatcher(
                orders, () -> OrderExamples.PARCEL, _ -> {}, new OptimisticAttempts(_ -> {}), () -> OrderExamples.NOW));

        assertThatThrownBy(() -> dispatch.handleRequest(input("dispatch-parcel.json"), context))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no order " + SAMPLE_ORDER);
    }

    @Test
    void tokenOfTheTaskThatAwaitsADelivery_isStored() {
        // given
        InMemoryDeliveries deliveries = new InMemoryDeliveries();
        AwaitDeliveryHandler await =
                new AwaitDeliveryHandler(new DeliveryTracker(orders, deliveries, new FakeTaskTokens()));

        // then
        assertThat(await.handleRequest(input("await-delivery.json"), context))
                .isEqualTo(Map.of("orderId", SAMPLE_ORDER.value()));
        assertThat(deliveries.has(SAMPLE_ORDER)).isTrue();
    }

    @Test
    void deliveryForAnUnknownOrder_isIgnored() {
        ContinueOrderHandler proceed =
                new ContinueOrderHandler(new DeliveryTracker(orders, new InMemoryDeliveries(), new FakeTaskTokens()));

        assertThat(proceed.handleRequest(input("continue-order.json"), context))
                .isEqualTo(Map.of("outcome", "NO_ORDER"));
    }
}
