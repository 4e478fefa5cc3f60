package dev.printshop.orders;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.printshop.orders.aws.EventBridgeOrderEvents;
import dev.printshop.orders.aws.OutboxRecords;
import dev.printshop.orders.domain.OrderEventPublisher;
import dev.printshop.orders.domain.OutboxEvent;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.lambda.powertools.logging.argument.StructuredArgument;

/**
 * Entry point of RelayOrderEvents: publishes the events that were stored with the changes of orders, at least once. If
 * an event can't be published, the batch is read again from there.
 *
 * <p>An event that can't be read is skipped with an alarm, since no retry helps: it stays in the table for 30 days.
 */
public final class RelayOrderEventsHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(RelayOrderEventsHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private final OrderEventPublisher publisher;

    /** Creates the function from its environment. */
    public RelayOrderEventsHandler() {
        this(new EventBridgeOrderEvents(
                AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT),
                Environment.ofProcess().required("EVENT_BUS_NAME"),
                CALL_TIMEOUT));
        Priming.of(this).beforeCheckpoint();
    }

    RelayOrderEventsHandler(OrderEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        return Telemetry.during(context, () -> relay(event.getRecords()));
    }

    private StreamsEventResponse relay(List<DynamodbStreamRecord> records) {
        LOG.debug("Records received", entry("records", records.size()));
        List<DynamodbStreamRecord> relayed = new ArrayList<>();
        List<OutboxEvent> events = new ArrayList<>();
        for (DynamodbStreamRecord streamed : records) {
            if (OutboxRecords.isNewEvent(streamed)) {
                try {
                    events.add(OutboxRecords.read(streamed));
                    relayed.add(streamed);
                } catch (IllegalArgumentException e) {
                    LOG.error("Event can't be read", sequenceNumber(streamed), LogField.error(e));
                    OrderMetrics.UNREADABLE_EVENTS.emit(1);
                }
            }
        }
        int published = publisher.publish(events);
        OrderMetrics.EVENTS_PUBLISHED.emit(published);
        if (published == events.size()) {
            return new StreamsEventResponse(List.of());
        }
        DynamodbStreamRecord first = relayed.get(published);
        LOG.warn("The batch is read again from an event", sequenceNumber(first));
        return new StreamsEventResponse(
                List.of(new BatchItemFailure(first.getDynamodb().getSequenceNumber())));
    }

    private static StructuredArgument sequenceNumber(DynamodbStreamRecord streamed) {
        return LogField.SEQUENCE_NUMBER.with(streamed.getDynamodb().getSequenceNumber());
    }
}
