package dev.printshop.shared.aws;

import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelEventPublisher;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.ParcelEventJson;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Announces parcel events on an EventBridge bus. */
public final class EventBridgeParcelEventPublisher implements ParcelEventPublisher {

    /** As many as EventBridge takes in one call; an event of ours has some 2 of the 256 KB that a call may have. */
    private static final int MOST_AT_ONCE = 10;

    private static final int MAX_ATTEMPTS = 5;

    private final EventBridgeClient eventBridge;
    private final String busName;
    private final Backoff backoff;

    /**
     * Uses a bus.
     *
     * @param backoff waits before what the bus refused is offered again
     */
    public EventBridgeParcelEventPublisher(EventBridgeClient eventBridge, String busName, Backoff backoff) {
        this.eventBridge = eventBridge;
        this.busName = busName;
        this.backoff = backoff;
    }

    @Override
    public void publish(List<? extends ParcelEvent> events) {
        for (int from = 0; from < events.size(); from += MOST_AT_ONCE) {
            publishAtOnce(events.subList(from, Math.min(from + MOST_AT_ONCE, events.size())).stream()
                    .map(this::entry)
                    .toList());
        }
    }

    private void publishAtOnce(List<PutEventsRequestEntry> entries) {
        List<PutEventsRequestEntry> left = entries;
        for (int attempt = 1; ; attempt++) {
            List<PutEventsRequestEntry> offered = left;
            PutEventsResponse answer = eventBridge.putEvents(request -> request.entries(offered));
            // PutEvents answers 200 even when it took nothing: what it refused is only said in the answer's body.
            List<PutEventsRequestEntry> refused = new ArrayList<>();
            String reason = "";
            for (int i = 0; i < offered.size(); i++) {
                PutEventsResultEntry result = answer.entries().get(i);
                if (result.errorCode() != null) {
                    refused.add(offered.get(i));
                    reason = result.errorCode() + ", " + result.errorMessage();
                }
            }
            if (refused.isEmpty()) {
                return;
            }
            if (attempt == MAX_ATTEMPTS) {
                throw new EventNotPublishedException("EventBridge did not take %d of %d parcel events: %s"
                        .formatted(refused.size(), entries.size(), reason));
            }
            backoff.pause(attempt);
            left = refused;
        }
    }

    private PutEventsRequestEntry entry(ParcelEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(ParcelEvent.SOURCE)
                .detailType(event.detailType())
                .detail(JsonObject.write(ParcelEventJson.toDetail(event)))
                .build();
    }
}
