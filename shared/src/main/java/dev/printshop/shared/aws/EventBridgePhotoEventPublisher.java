package dev.printshop.shared.aws;

import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoEventPublisher;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.PhotoEventJson;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Announces photo events on an EventBridge bus. */
public final class EventBridgePhotoEventPublisher implements PhotoEventPublisher {

    private final EventBridgeClient eventBridge;
    private final String busName;

    public EventBridgePhotoEventPublisher(EventBridgeClient eventBridge, String busName) {
        this.eventBridge = eventBridge;
        this.busName = busName;
    }

    @Override
    public void publish(PhotoEvent event) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(PhotoEvent.SOURCE)
                .detailType(event.detailType())
                .detail(JsonObject.write(PhotoEventJson.toDetail(event)))
                .build();
        PutEventsResponse response = eventBridge.putEvents(request -> request.entries(entry));
        // PutEvents answers 200 even when it took nothing: what it refused is only said in the answer's body.
        if (response.failedEntryCount() > 0) {
            PutEventsResultEntry refused = response.entries().getFirst();
            throw new EventNotPublishedException("EventBridge did not take %s of photo %s: %s, %s"
                    .formatted(event.detailType(), event.photo(), refused.errorCode(), refused.errorMessage()));
        }
    }
}
