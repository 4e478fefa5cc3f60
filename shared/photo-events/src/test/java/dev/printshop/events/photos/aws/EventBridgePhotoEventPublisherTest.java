package dev.printshop.events.photos.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoEventExamples;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.shared.aws.FakeEventBridge;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.LogRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

class EventBridgePhotoEventPublisherTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final FakeEventBridge eventBridge = new FakeEventBridge();
    private final EventBridgePhotoEventPublisher publisher =
            new EventBridgePhotoEventPublisher(eventBridge, "dev-events");

    @ParameterizedTest
    @MethodSource("dev.printshop.events.photos.PhotoEventExamples#all")
    void event_isPutOnTheBusWithSourceTypeAndDetail(PhotoEvent event) {
        // when
        publisher.publish(event);

        // then
        assertThat(eventBridge.taken).singleElement().satisfies(entry -> {
            assertThat(entry.eventBusName()).isEqualTo("dev-events");
            assertThat(entry.source()).isEqualTo("printshop.photos");
            assertThat(received(entry)).isEqualTo(event);
        });
    }

    @Test
    void correlationId_isThatOfTheEventThatIsHandled_andEventAndRecordHaveIt() {
        // given
        LogField.CORRELATION_ID.set("event-1");

        // when
        publisher.publish(PhotoEventExamples.RESIZED);

        // then
        assertThat(JsonObject.parse(eventBridge.taken.getFirst().detail()).text("correlationId"))
                .isEqualTo("event-1");
        assertThat(log.all())
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("message", "Event published")
                        .containsEntry("type", "PhotoResized")
                        .containsEntry("photo", "anna/beach-1")
                        .containsEntry("correlation_id", "event-1"));
    }

    @Test
    void whatTheGalleryShows_isPutOnTheBusWithSourceTypeAndDetail() {
        // given
        GalleryUpdated event = new GalleryUpdated(PhotoEventExamples.PHOTO, PhotoEventExamples.VERSION);

        // when
        publisher.publish(event);

        // then
        assertThat(eventBridge.taken).singleElement().satisfies(entry -> {
            assertThat(entry.source()).isEqualTo("printshop.photos");
            assertThat(entry.detailType()).isEqualTo("GalleryUpdated");
            assertThat(JsonObject.parse(entry.detail()).text("version"))
                    .isEqualTo(event.version().value());
        });
    }

    @Test
    void refusedEntry_isAnErrorAlthoughTheCallSucceeds() {
        // given
        eventBridge.refuses = (_, _) -> true;

        // then
        assertThatThrownBy(() -> publisher.publish(PhotoEventExamples.RESIZED))
                .isInstanceOf(EventNotPublishedException.class)
                .hasMessageContainingAll("PhotoResized", "anna/beach-1", "ThrottlingException", "Rate exceeded");
    }

    @Test
    void callError_isPassedOn() {
        // given
        eventBridge.outOfReach = _ -> true;

        // then
        assertThatThrownBy(() -> publisher.publish(PhotoEventExamples.REMOVED))
                .isInstanceOf(SdkClientException.class)
                .hasMessage("Connect timed out");
    }

    /** The event as a consumer gets it. */
    private static PhotoEvent received(PutEventsRequestEntry entry) {
        String envelope = """
                {"source": "%s", "detail-type": "%s",
                 "detail": %s}""".formatted(entry.source(), entry.detailType(), entry.detail());
        return PhotoEventJson.fromEnvelope(JsonObject.parse(envelope));
    }
}
