package dev.printshop.orders.aws;

import dev.printshop.events.orders.OrderEvent;
import dev.printshop.orders.domain.OrderEventPublisher;
import dev.printshop.orders.domain.OutboxEvent;
import dev.printshop.shared.aws.CallLimits;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.messages.Quoted;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Publishes the events of orders on an EventBridge bus. */
public final class EventBridgeOrderEvents implements OrderEventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(EventBridgeOrderEvents.class);

    /**
     * What EventBridge accepts in one call in every region.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html">Calculating
     *     PutEvents event entry size</a>
     */
    private static final CallLimits CALL = new CallLimits(10, 256 * 1024 - 1);

    private final EventBridgeClient eventBridge;
    private final String busName;
    private final Duration callTimeout;

    /**
     * Uses a bus.
     *
     * @param callTimeout the longest duration of a call of the client; a call for which the invocation has no time left
     *     is not made
     */
    public EventBridgeOrderEvents(EventBridgeClient eventBridge, String busName, Duration callTimeout) {
        this.eventBridge = eventBridge;
        this.busName = busName;
        this.callTimeout = callTimeout;
    }

    @Override
    public int publish(List<OutboxEvent> events) {
        int published = 0;
        for (List<OutboxEvent> call : CALL.cut(events, EventBridgeOrderEvents::bytes)) {
            int accepted = offer(call);
            published += accepted;
            if (accepted < call.size()) {
                break;
            }
        }
        return published;
    }

    private int offer(List<OutboxEvent> events) {
        List<PutEventsResultEntry> results;
        try {
            InvocationTime.require(callTimeout);
            List<PutEventsRequestEntry> entries =
                    events.stream().map(this::entry).toList();
            results = eventBridge.putEvents(request -> request.entries(entries)).entries();
        } catch (SdkException | NoTimeLeftException e) {
            LOG.warn("Events can't be published", LogField.error(e));
            return 0;
        }
        // PutEvents answers 200 even if it accepts no entry: refused entries are only listed in the answer's body.
        int firstRefused = events.size();
        for (int i = events.size() - 1; i >= 0; i--) {
            if (results.get(i).errorCode() == null) {
                report(events.get(i));
            } else {
                firstRefused = i;
                LOG.warn(
                        "Event can't be published",
                        LogField.ORDER.with(events.get(i).order()),
                        LogField.TYPE.with(events.get(i).type()),
                        LogField.REASON.with(Quoted.line(results.get(i).errorCode() + ", "
                                + results.get(i).errorMessage())));
            }
        }
        return firstRefused;
    }

    private static void report(OutboxEvent event) {
        try (LogField.Scope _ = Correlation.during(event.correlationId())) {
            LOG.info("Event published", LogField.TYPE.with(event.type()), LogField.ORDER.with(event.order()));
        }
    }

    private PutEventsRequestEntry entry(OutboxEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(OrderEvent.SOURCE)
                .detailType(event.type())
                .detail(event.detail())
                .build();
    }

    /** The size as EventBridge calculates it; these entries have neither a time nor resources. */
    private static long bytes(OutboxEvent event) {
        return utf8(OrderEvent.SOURCE) + utf8(event.type()) + utf8(event.detail());
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
