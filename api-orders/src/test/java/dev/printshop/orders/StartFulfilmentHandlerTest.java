package dev.printshop.orders;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.orders.json.OrderEventJson;
import dev.printshop.orders.domain.FulfilmentStarter;
import dev.printshop.orders.domain.InMemoryFulfilments;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.orders.domain.InMemoryOrders.Fate;
import dev.printshop.orders.domain.OrderCloser;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StartFulfilmentHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryFulfilments fulfilments = new InMemoryFulfilments();
    private final StartFulfilmentHandler handler =
            new StartFulfilmentHandler(new FulfilmentStarter(orders, fulfilments));
    private final FakeContext context = new FakeContext();
    private final OrderId id = OrderExamples.placeWithStock(orders, SampleEvents.CUSTOMER);

    @Test
    void placedOrder_isStarted_andOnceOnlyWhenItsEventIsRepeated() {
        // when
        assertThat(handle(message("1", orders.events().getFirst()))).isEmpty();
        assertThat(handle(message("2", orders.events().getFirst()))).isEmpty();

        // then
        assertThat(fulfilments.started()).containsExactly(id);
        assertThat(log.lines())
                .contains("INFO Order event handled {message_id=1, order=%s, type=OrderPlaced, outcome=STARTED}"
                        .formatted(id));
    }

    @Test
    void orderThatIsOver_isNotStartedByALateEvent() {
        // given
        new OrderCloser(orders, new OptimisticAttempts(_ -> {}), () -> NOW).fail(id, "OUT_OF_STOCK");

        // when
        assertThat(handle(message("1", orders.events().getFirst()))).isEmpty();

        // then
        assertThat(fulfilments.started()).isEmpty();
        assertThat(log.lines()).anyMatch(line -> line.contains("outcome=NOT_PLACED"));
    }

    @Test
    void startThatFails_isReported_andStartedOnceByTheRedelivery() {
        for (Fate fate : List.of(Fate.FAILS_BEFORE, Fate.FAILS_AFTER)) {
            // given
            fulfilments.started().clear();
            fulfilments.nextStart(fate);
            SQSMessage message = message("1", orders.events().getFirst());

            // when
            assertThat(handle(message)).containsExactly("1");
            assertThat(handle(message)).isEmpty();

            // then
            assertThat(fulfilments.started()).containsExactly(id);
        }
    }

    @Test
    void unreadableMessageAndOtherEvent_areReportedAndDoNotDelayOthers() {
        // given
        new OrderCloser(orders, new OptimisticAttempts(_ -> {}), () -> NOW).fail(id, "OUT_OF_STOCK");
        OrderId other = OrderExamples.placeWithStock(orders, OrderExamples.newCustomer());
        OrderEvent placed = orders.events().getLast();

        // when
        List<String> failed = handle(
                message("broken", "{\"source\":"),
                message("failed", orders.events().get(1)),
                message("1", placed));

        // then
        assertThat(failed).containsExactly("broken", "failed");
        assertThat(fulfilments.started()).containsExactly(other);
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("ERROR Message can't be read"))
                .hasSize(2);
    }

    @Test
    void messageWithoutTimeLeft_isReportedWithoutAnAttempt() {
        // given
        context.remainingMillis = () -> 4_000;

        // then
        assertThat(handle(message("1", orders.events().getFirst()))).containsExactly("1");
        assertThat(fulfilments.started()).isEmpty();
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(StartFulfilmentHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
    }

    private List<String> handle(SQSMessage... messages) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(messages));
        return handler.handleRequest(event, context).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private static SQSMessage message(String id, OrderEvent event) {
        return message(
                id,
                JsonObject.write(Map.of(
                        "source",
                        OrderEvent.SOURCE,
                        "detail-type",
                        event.detailType(),
                        "detail",
                        OrderEventJson.toDetail(event))));
    }

    private static SQSMessage message(String id, String body) {
        SQSMessage message = new SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        message.setEventSourceArn("arn:aws:sqs:eu-central-1:111122223333:order-fulfilments");
        return message;
    }
}
