package dev.printshop.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.printshop.orders.aws.EventBridgeOrderEvents;
import dev.printshop.shared.aws.FakeEventBridge;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

class RelayOrderEventsHandlerTest {

    private static final String ORDER = "019ac5f0-7b1e-7c3a-9f5e-0123456789ab";

    @RegisterExtension
    final LogRecords log = new LogRecords();

    private final FakeEventBridge eventBridge = new FakeEventBridge();
    private final RelayOrderEventsHandler handler = new RelayOrderEventsHandler(
            new EventBridgeOrderEvents(eventBridge, "bus", RelayOrderEventsHandler.CALL_TIMEOUT));

    @Test
    void newEvent_isPublishedAsItWasStored() {
        // when
        StreamsEventResponse response = relay(event(1));

        // then
        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(eventBridge.taken)
                .containsExactly(PutEventsRequestEntry.builder()
                        .eventBusName("bus")
                        .source("printshop.orders")
                        .detailType("OrderPlaced")
                        .detail(detail(1))
                        .build());
    }

    @Test
    void recordsOfOtherItemsChangesAndExpiredEvents_areNotPublished() {
        // given
        DynamodbStreamRecord order = event(1);
        order.getDynamodb().setKeys(Map.of("pk", text("ORDER#" + ORDER), "sk", text("ORDER")));
        DynamodbStreamRecord expired = event(2);
        expired.setEventName("REMOVE");
        DynamodbStreamRecord changed = event(3);
        changed.setEventName("MODIFY");

        // when
        StreamsEventResponse response = relay(order, expired, changed);

        // then
        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(eventBridge.taken).isEmpty();
    }

    @Test
    void refusedEvent_isReportedAsTheFirstToReadAgain_andTheOthersOfItsCallArePublished() {
        // given
        eventBridge.refuses = (_, entry) -> entry.detail().equals(detail(3));

        // when
        StreamsEventResponse response = relay(events(12));

        // then
        assertThat(failures(response)).containsExactly("3");
        assertThat(eventBridge.sizes).containsExactly(10);
        assertThat(eventBridge.taken).hasSize(9);
    }

    @Test
    void callWithoutAnAnswer_isReportedFromItsFirstEvent() {
        // given
        eventBridge.outOfReach = call -> call == 2;

        // when
        StreamsEventResponse response = relay(events(12));

        // then
        assertThat(failures(response)).containsExactly("11");
    }

    @Test
    void eventThatCannotBeRead_isSkippedWithAnError_andTheOthersArePublished() {
        // given
        DynamodbStreamRecord broken = event(1);
        broken.getDynamodb().setNewImage(Map.of("type", text("OrderPlaced"), "detail", text("{\"orderId\":")));

        // when
        StreamsEventResponse response = relay(broken, event(2));

        // then
        assertThat(response.getBatchItemFailures()).isEmpty();
        assertThat(eventBridge.taken).hasSize(1);
        assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("ERROR", "Event can't be read"));
        assertThat(log.metricLines()).anySatisfy(line -> assertThat(line).contains("UnreadableEvents"));
    }

    @Test
    void invocationWithoutTimeForACall_reportsTheFirstEvent() {
        // when
        FakeContext context = new FakeContext();
        context.remainingMillis = () -> 1000;
        StreamsEventResponse response = relay(context, event(1));

        // then
        assertThat(failures(response)).containsExactly("1");
        assertThat(eventBridge.sizes).isEmpty();
    }

    private StreamsEventResponse relay(DynamodbStreamRecord... records) {
        return relay(new FakeContext(), records);
    }

    private StreamsEventResponse relay(FakeContext context, DynamodbStreamRecord... records) {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(List.of(records));
        return handler.handleRequest(event, context);
    }

    private static List<String> failures(StreamsEventResponse response) {
        return response.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private static DynamodbStreamRecord[] events(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(RelayOrderEventsHandlerTest::event)
                .toArray(DynamodbStreamRecord[]::new);
    }

    private static DynamodbStreamRecord event(int sequence) {
        DynamodbStreamRecord streamed = new DynamodbStreamRecord();
        streamed.setEventName("INSERT");
        streamed.setDynamodb(new StreamRecord()
                .withSequenceNumber(String.valueOf(sequence))
                .withKeys(Map.of("pk", text("ORDER#" + ORDER), "sk", text("EVENT#%010d".formatted(sequence))))
                .withNewImage(Map.of("type", text("OrderPlaced"), "detail", text(detail(sequence)))));
        return streamed;
    }

    private static String detail(int sequence) {
        return "{\"orderId\":\"%s\",\"sequence\":%d,\"correlationId\":\"request-1\"}".formatted(ORDER, sequence);
    }

    private static AttributeValue text(String value) {
        return new AttributeValue().withS(value);
    }
}
