package dev.printshop.events.photos.aws;

import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.GalleryUpdatedPublisher;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoEventPublisher;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.json.GalleryUpdatedJson;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Publishes photo events on an EventBridge bus. */
public final class EventBridgePhotoEventPublisher implements PhotoEventPublisher, GalleryUpdatedPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(EventBridgePhotoEventPublisher.class);

    private final EventBridgeClient eventBridge;
    private final String busName;

    public EventBridgePhotoEventPublisher(EventBridgeClient eventBridge, String busName) {
        this.eventBridge = eventBridge;
        this.busName = busName;
    }

    @Override
    public void publish(PhotoEvent event) {
        put(PhotoEvent.SOURCE, event.detailType(), PhotoEventJson.toDetail(event), event.photo());
    }

    @Override
    public void publish(GalleryUpdated event) {
        put(GalleryUpdated.SOURCE, GalleryUpdated.DETAIL_TYPE, GalleryUpdatedJson.toDetail(event), event.photo());
    }

    private void put(String source, String detailType, Map<String, Object> detail, PhotoId photo) {
        Correlation.addTo(detail, Correlation.current());
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(source)
                .detailType(detailType)
                .detail(JsonObject.write(detail))
                .build();
        PutEventsResponse response = eventBridge.putEvents(request -> request.entries(entry));
        // PutEvents answers 200 even if it accepts no entry: refused entries are only listed in the answer's body.
        if (response.failedEntryCount() > 0) {
            PutEventsResultEntry refused = response.entries().getFirst();
            throw new EventNotPublishedException("EventBridge did not take %s of photo %s: %s, %s"
                    .formatted(detailType, photo, refused.errorCode(), refused.errorMessage()));
        }
        LOG.info("Event published", LogField.TYPE.with(detailType), LogField.PHOTO.with(photo));
    }
}
