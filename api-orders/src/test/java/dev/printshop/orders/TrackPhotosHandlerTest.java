package dev.printshop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.orders.domain.InMemoryPrintablePhotos;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.PrintablePhoto;
import dev.printshop.orders.domain.PrintablePhoto.State;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackPhotosHandlerTest {

    private static final PhotoId CAT = new PhotoId("anna", "cat.jpg");
    private static final PhotoId DOG = new PhotoId("anna", "dog.jpg");
    private static final Instant UPLOADED = Instant.parse("2026-11-23T10:15:30Z");

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryPrintablePhotos photos = new InMemoryPrintablePhotos();
    private final TrackPhotosHandler handler = new TrackPhotosHandler(photos);
    private final FakeContext context = new FakeContext();

    @Test
    void latestVersion_winsInAnyOrderOfEvents() {
        List<PhotoEvent> history = List.of(resized(CAT, 1), rejected(CAT, 2), resized(CAT, 3), removed(CAT, 4));
        for (List<PhotoEvent> order : permutations(history)) {
            // given
            InMemoryPrintablePhotos ofOrder = new InMemoryPrintablePhotos();
            TrackPhotosHandler tracker = new TrackPhotosHandler(ofOrder);

            // when: each event once more in the end, too
            for (PhotoEvent event : order) {
                tracker.handleRequest(batch(message("1", event)), context);
            }
            tracker.handleRequest(batch(message("1", order.getFirst())), context);

            // then
            assertThat(ofOrder.all())
                    .isEqualTo(Map.of(CAT, new PrintablePhoto(CAT, OrderExamples.version(4), State.UNAVAILABLE)));
        }
    }

    @Test
    void onlyAResizedPhoto_isReady() {
        // when
        handle(message("1", resized(CAT, 1)), message("2", rejected(DOG, 1)));

        // then
        assertThat(photos.all())
                .isEqualTo(Map.of(
                        CAT, new PrintablePhoto(CAT, OrderExamples.version(1), State.READY),
                        DOG, new PrintablePhoto(DOG, OrderExamples.version(1), State.UNAVAILABLE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{}",
                "{\"source\": \"printshop.photos\", \"detail-type\": \"secret\", \"detail\": {\"schemaVersion\": 1}}"
            })
    void poisonMessage_isReportedAndDoesNotDelayOthers(String body) {
        // when
        List<String> failed =
                handle(message("1", resized(CAT, 1)), message("poison", body), message("2", resized(DOG, 1)));

        // then
        assertThat(failed).containsExactly("poison");
        assertThat(photos.all()).containsOnlyKeys(CAT, DOG);
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("ERROR Message can't be read {message_id=poison, "))
                .singleElement()
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void throttledMessage_isReportedAndHandledOnRedelivery() {
        // given
        SQSMessage throttled = message("2", resized(DOG, 1));
        photos.failFor(DOG::equals);

        // when
        assertThat(handle(message("1", resized(CAT, 1)), throttled)).containsExactly("2");
        photos.failFor(_ -> false);
        assertThat(handle(throttled)).isEmpty();

        // then
        assertThat(photos.all()).containsOnlyKeys(CAT, DOG);
        assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN Message failed {message_id=2"));
    }

    @Test
    void messageWithoutTimeLeft_isReportedWithoutAnAttempt() {
        // given
        context.remainingMillis = () -> 2_000;

        // then
        assertThat(handle(message("1", resized(CAT, 1)))).containsExactly("1");
        assertThat(photos.all()).isEmpty();
    }

    @Test
    void newAndOutdatedEvents_areLoggedDifferently() {
        // when
        handle(message("1", resized(CAT, 1)), message("1", resized(CAT, 1)));

        // then
        assertThat(log.lines())
                .containsExactly(
                        "INFO Photo event handled {message_id=1, photo=anna/cat.jpg, type=PhotoResized,"
                                + " outcome=STORED}",
                        "INFO Photo event handled {message_id=1, photo=anna/cat.jpg, type=PhotoResized,"
                                + " outcome=DUPLICATE_OR_OUTDATED}");
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(TrackPhotosHandler::new).hasMessageContaining("PRINTABLE_PHOTOS_TABLE is not set");
    }

    private List<String> handle(SQSMessage... messages) {
        return handler.handleRequest(batch(messages), context).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private static SQSEvent batch(SQSMessage... messages) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(messages));
        return event;
    }

    private static SQSMessage message(String id, PhotoEvent event) {
        return message(
                id,
                JsonObject.write(Map.of(
                        "source",
                        PhotoEvent.SOURCE,
                        "detail-type",
                        event.detailType(),
                        "detail",
                        PhotoEventJson.toDetail(event))));
    }

    private static SQSMessage message(String id, String body) {
        SQSMessage message = new SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        message.setEventSourceArn("arn:aws:sqs:eu-central-1:111122223333:printable-photos");
        return message;
    }

    private static PhotoEvent resized(PhotoId photo, int version) {
        return new PhotoResized(
                photo,
                OrderExamples.version(version),
                UPLOADED,
                new PhotoResized.Original("JPEG", 4032, 3024),
                List.of());
    }

    private static PhotoEvent rejected(PhotoId photo, int version) {
        return new PhotoRejected(photo, OrderExamples.version(version), UPLOADED, "DAMAGED", "The file is damaged.");
    }

    private static PhotoEvent removed(PhotoId photo, int version) {
        return new PhotoRemoved(photo, OrderExamples.version(version), UPLOADED);
    }

    private static <T> List<List<T>> permutations(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> permutations = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<T> rest = new ArrayList<>(all);
            T first = rest.remove(i);
            for (List<T> tail : permutations(rest)) {
                List<T> permutation = new ArrayList<>(tail);
                permutation.addFirst(first);
                permutations.add(permutation);
            }
        }
        return permutations;
    }
}
