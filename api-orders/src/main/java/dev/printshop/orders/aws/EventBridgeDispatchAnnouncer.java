package dev.printshop.orders.aws;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.orders.domain.DispatchAnnouncer;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.messages.Quoted;
import java.time.Duration;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Announces parcels on an EventBridge bus. */
public final class EventBridgeDispatchAnnouncer implements DispatchAnnouncer {

    private final EventBridgeClient eventBridge;
    private final String busName;
    private final Duration callTimeout;

    /**
     * Uses a bus.
     *
     * @param callTimeout the longest duration of a call of the client; a call for which the invocation has no time left
     *     is not made
     */
    public EventBridgeDispatchAnnouncer(EventBridgeClient eventBridge, String busName, Duration callTimeout) {
        this.eventBridge = eventBridge;
        this.busName = busName;
        this.callTimeout = callTimeout;
    }

    @Override
    public void announce(ParcelDispatched dispatched) {
        InvocationTime.require(callTimeout);
        PutEventsResultEntry result = eventBridge
                .putEvents(request -> request.entries(entry(dispatched)))
                .entries()
                .getFirst();
        // PutEvents answers 200 even if it refuses the entry.
        if (result.errorCode() != null) {
            String reason = "EventBridge did not take the event: "
                    + Quoted.line(result.errorCode() + ", " + result.errorMessage());
            throw TransientFailures.isTransient(result.errorCode())
                    ? new TransientFailureException(reason)
                    : new IllegalStateException(reason);
        }
    }

    private PutEventsRequestEntry entry(ParcelDispatched dispatched) {
        return PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(ParcelDispatched.SOURCE)
                .detailType(ParcelDispatched.DETAIL_TYPE)
                .detail(JsonObject.write(ParcelEventJson.toDetail(dispatched)))
                .build();
    }
}
