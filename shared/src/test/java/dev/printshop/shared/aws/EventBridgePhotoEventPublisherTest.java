package dev.printshop.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.events.GalleryUpdated;
import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoEventExamples;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.PhotoEventJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class EventBridgePhotoEventPublisherTest {

    private static final PutEventsResponse TAKEN = PutEventsResponse.builder()
            .failedEntryCount(0)
            .entries(PutEventsResultEntry.builder().eventId("1").build())
            .build();

    @ParameterizedTest
    @MethodSource("dev.printshop.shared.events.PhotoEventExamples#all")
    void event_isPutOnTheBusWithSourceTypeAndDetail(PhotoEvent event) {
        // given
        FakeEventBridge eventBridge = new FakeEventBridge(TAKEN);

        // when
        new EventBridgePhotoEventPublisher(eventBridge, "dev-events").publish(event);

        // then
        assertThat(eventBridge.entries).singleElement().satisfies(entry -> {
            assertThat(entry.eventBusName()).isEqualTo("dev-events");
            assertThat(entry.source()).isEqualTo("printshop.photos");
            assertThat(received(entry)).isEqualTo(event);
        });
    }

    @Test
    void whatTheGalleryShows_isPutOnTheBusWithSourceTypeAndDetail() {
        // given
        FakeEventBridge eventBridge = new FakeEventBridge(TAKEN);
        GalleryUpdated event = new GalleryUpdated(PhotoEventExamples.PHOTO, PhotoEventExamples.VERSION);

        // when
        new EventBridgePhotoEventPublisher(eventBridge, "dev-events").publish(event);

        // then
        assertThat(eventBridge.entries).singleElement().satisfies(entry -> {
            assertThat(entry.source()).isEqualTo("printshop.photos");
            assertThat(entry.detailType()).isEqualTo("GalleryUpdated");
            assertThat(JsonObject.parse(entry.detail()).text("version"))
                    .isEqualTo(event.version().value());
        });
    }

    @Test
    void refusedEntry_isAnErrorAlthoughTheCallSucceeds() {
        // given
        FakeEventBridge eventBridge = new FakeEventBridge(PutEventsResponse.builder()
                .failedEntryCount(1)
                .entries(PutEventsResultEntry.builder()
                        .errorCode("ThrottlingException")
                        .errorMessage("Rate exceeded")
                        .build())
                .build());
        EventBridgePhotoEventPublisher publisher = new EventBridgePhotoEventPublisher(eventBridge, "dev-events");

        // then
        assertThatThrownBy(() -> publisher.publish(PhotoEventExamples.RESIZED))
                .isInstanceOf(EventNotPublishedException.class)
                .hasMessageContainingAll("PhotoResized", "anna/beach-1", "ThrottlingException", "Rate exceeded");
    }

    @Test
    void callError_isPassedOn() {
        // given
        SdkClientException unreachable = SdkClientException.create("unreachable");
        EventBridgeClient eventBridge = new FakeEventBridge(TAKEN) {
            @Override
            public PutEventsResponse putEvents(PutEventsRequest request) {
                throw unreachable;
            }
        };
        EventBridgePhotoEventPublisher publisher = new EventBridgePhotoEventPublisher(eventBridge, "dev-events");

        // then
        assertThatThrownBy(() -> publisher.publish(PhotoEventExamples.REMOVED)).isSameAs(unreachable);
    }

    /** The event as a consumer gets it. */
    private static PhotoEvent received(PutEventsRequestEntry entry) {
        String envelope = """
                {"source": "%s", "detail-type": "%s",
                 "detail": %s}""".formatted(entry.source(), entry.detailType(), entry.detail());
        return PhotoEventJson.fromEnvelope(JsonObject.parse(envelope));
    }

    /** Records its requests and always returns the same answer. */
    private static class FakeEventBridge implements EventBridgeClient {

        private final List<PutEventsRequestEntry> entries = new ArrayList<>();
        private final PutEventsResponse answer;

        FakeEventBridge(PutEventsResponse answer) {
            this.answer = answer;
        }

        @Override
        public PutEventsResponse putEvents(PutEventsRequest request) {
            EventBridgeLimits.require(request);
            entries.addAll(request.entries());
            return answer;
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
