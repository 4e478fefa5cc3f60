package dev.printshop.photos.gallery;

import static dev.printshop.photos.gallery.Messages.batch;
import static dev.printshop.photos.gallery.Messages.failed;
import static dev.printshop.photos.gallery.Messages.message;
import static dev.printshop.photos.gallery.domain.InMemoryGallery.Fate.CONFLICTS;
import static dev.printshop.photos.gallery.domain.InMemoryGallery.Fate.FAILS_AFTER;
import static dev.printshop.photos.gallery.domain.InMemoryGallery.Fate.FAILS_BEFORE;
import static dev.printshop.photos.gallery.domain.InMemoryGallery.Fate.SUCCEEDS;
import static dev.printshop.photos.gallery.domain.PhotoEvents.rejected;
import static dev.printshop.photos.gallery.domain.PhotoEvents.removed;
import static dev.printshop.photos.gallery.domain.PhotoEvents.resized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.photos.gallery.domain.Gallery;
import dev.printshop.photos.gallery.domain.GalleryChange;
import dev.printshop.photos.gallery.domain.InMemoryGallery;
import dev.printshop.photos.gallery.domain.InMemoryGallery.Profile;
import dev.printshop.photos.gallery.domain.PhotoEvents;
import dev.printshop.photos.gallery.domain.PhotoState;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateGalleryHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final PhotoId BEACH = new PhotoId("anna", "beach");
    private static final PhotoId CITY = new PhotoId("anna", "city");
    private static final PhotoId DOG = new PhotoId("ben", "dog");
    private static final Backoff NO_WAIT = _ -> {};

    private final InMemoryGallery gallery = new InMemoryGallery();
    private final List<GalleryUpdated> announced = new ArrayList<>();
    private final UpdateGalleryHandler handler = new UpdateGalleryHandler(gallery, announced::add, NO_WAIT);
    private final FakeContext context = new FakeContext();

    @Test
    void eachKindOfEvent_updatesTheGallery() {
        // when
        List<String> failed =
                handle(message("1", resized(BEACH, 1)), message("2", rejected(CITY, 1)), message("3", removed(DOG, 1)));

        // then
        assertThat(failed).isEmpty();
        assertThat(gallery.photos().values())
                .containsExactlyInAnyOrder(resized(BEACH, 1), rejected(CITY, 1), removed(DOG, 1));
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 1));
        assertThat(gallery.profile("ben")).isEqualTo(Profile.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "[]",
                "{}",
                "{\"source\": \"secret\", \"detail-type\": \"PhotoRemoved\", \"detail\": {}}",
                "{\"source\": \"printshop.photos\", \"detail-type\": \"secret\", \"detail\": {\"schemaVersion\": 1}}",
                "{\"source\": \"printshop.photos\", \"detail-type\": \"PhotoRemoved\", \"detail\": \"secret\"}"
            })
    void poisonMessage_isReportedAndDoesNotDelayOthers(String body) {
        // when
        List<String> failed =
                handle(message("1", resized(BEACH, 1)), message("poison", body), message("2", resized(CITY, 1)));

        // then
        assertThat(failed).containsExactly("poison");
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(2, 0));
    }

    @Test
    void poisonMessage_isLoggedAsErrorWithIdAndWithoutContent() {
        // when
        handle(message("poison", "secret"));

        // then
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR Message can't be read {message_id=poison, ");
        assertThat(log.lines().getFirst()).doesNotContain("secret");
    }

    @Test
    void throttledMessage_isReportedAndHandledOnRedelivery() {
        // given
        gallery.nextWrites(SUCCEEDS, FAILS_BEFORE);
        SQSMessage throttled = message("2", resized(CITY, 1));

        // when
        List<String> failed = handle(message("1", resized(BEACH, 1)), throttled, message("3", resized(DOG, 1)));

        // then
        assertThat(failed).containsExactly("2");
        assertThat(gallery.photos()).containsOnlyKeys(BEACH, DOG);
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARN Message failed {") && line.contains("message_id=2"))
                .hasSize(1);

        // and when
        assertThat(handle(throttled)).isEmpty();

        // then
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(2, 0));
    }

    @Test
    void messageWithoutTimeLeft_isReportedWithoutAnAttempt() {
        // given
        AtomicInteger millisLeft = new AtomicInteger(30_000);
        context.remainingMillis = millisLeft::get;
        UpdateGalleryHandler slow = new UpdateGalleryHandler(gallery, _ -> millisLeft.addAndGet(-22_000), NO_WAIT);

        // when
        SQSEvent batch = batch(List.of(message("1", resized(BEACH, 1)), message("2", resized(CITY, 1))));
        List<String> failed = failed(slow.handleRequest(batch, context));

        // then
        assertThat(failed).containsExactly("2");
        assertThat(gallery.photos()).containsOnlyKeys(BEACH);
    }

    @Test
    void batchOfSlowestMessages_isAttemptedCompletely() {
        // given
        AtomicInteger millisLeft = new AtomicInteger(30_000);
        context.remainingMillis = millisLeft::get;
        UpdateGalleryHandler slow = new UpdateGalleryHandler(gallery, _ -> millisLeft.addAndGet(-9_000), NO_WAIT);
        List<SQSMessage> messages = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> message("" + i, resized(new PhotoId("anna", "photo-" + i), 1)))
                .toList();

        // then
        assertThat(failed(slow.handleRequest(batch(messages), context))).isEmpty();
    }

    @Test
    void interruptedAttempt_isNotCountedAgainOnRedelivery() {
        // given
        gallery.nextWrites(FAILS_AFTER);
        SQSMessage halfDone = message("1", resized(BEACH, 1));
        assertThat(handle(halfDone)).containsExactly("1");

        // when
        List<String> failed = handle(halfDone);

        // then
        assertThat(failed).isEmpty();
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
    }

    @Test
    void conflict_isRetriedWithinTheInvocation() {
        // given
        gallery.nextWrites(CONFLICTS, CONFLICTS, SUCCEEDS, CONFLICTS);

        // when
        List<String> failed = handle(message("1", resized(BEACH, 1)), message("2", resized(CITY, 1)));

        // then
        assertThat(failed).isEmpty();
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(2, 0));
    }

    @Test
    void permanentConflictOnOnePhoto_failsOnlyItsMessage() {
        // given
        Gallery contested = new Gallery() {
            @Override
            public Optional<PhotoState> find(PhotoId photo) {
                return gallery.find(photo);
            }

            @Override
            public void write(GalleryChange change) {
                if (change.event().photo().equals(BEACH)) {
                    throw new ConcurrentChangeException("for the test");
                }
                gallery.write(change);
            }
        };
        SQSEvent event = batch(List.of(message("1", resized(BEACH, 1)), message("2", resized(CITY, 1))));

        // when
        List<String> failed =
                failed(new UpdateGalleryHandler(contested, _ -> {}, NO_WAIT).handleRequest(event, context));

        // then
        assertThat(failed).containsExactly("1");
        assertThat(gallery.photos()).containsOnlyKeys(CITY);
    }

    @Test
    void interruptedBatch_isCompletedOnRedelivery() {
        // given: the second read never returns
        Gallery dying = new Gallery() {
            private int finds;

            @Override
            public Optional<PhotoState> find(PhotoId photo) {
                if (++finds == 2) {
                    throw new OutOfMemoryError("for the test");
                }
                return gallery.find(photo);
            }

            @Override
            public void write(GalleryChange change) {
                gallery.write(change);
            }
        };
        SQSEvent event = batch(List.of(
                message("1", resized(BEACH, 1)), message("2", removed(BEACH, 2)), message("3", resized(CITY, 1))));
        UpdateGalleryHandler dyingHandler = new UpdateGalleryHandler(dying, _ -> {}, NO_WAIT);
        assertThatThrownBy(() -> dyingHandler.handleRequest(event, context)).isInstanceOf(OutOfMemoryError.class);
        assertThat(gallery.photos()).containsOnlyKeys(BEACH);

        // when
        List<String> failed = failed(handler.handleRequest(event, context));

        // then
        assertThat(failed).isEmpty();
        assertThat(gallery.photos()).containsEntry(BEACH, removed(BEACH, 2)).containsEntry(CITY, resized(CITY, 1));
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
    }

    @Test
    void newAndOutdatedEvents_areLoggedDifferently() {
        // when
        handle(message("1", resized(BEACH, 1)), message("1", resized(BEACH, 1)));

        // then
        assertThat(log.lines())
                .containsExactly(
                        "INFO Photo event handled {message_id=1, photo=anna/beach, type=PhotoResized, outcome=CHANGED}",
                        "INFO Photo event handled {message_id=1, photo=anna/beach, type=PhotoResized,"
                                + " outcome=DUPLICATE_OR_OUTDATED}");
    }

    @Test
    void bug_isLoggedWithItsStackTrace() {
        // given
        Gallery buggy = new Gallery() {
            @Override
            public Optional<PhotoState> find(PhotoId photo) {
                throw new NullPointerException();
            }

            @Override
            public void write(GalleryChange change) {}
        };

        // when
        new UpdateGalleryHandler(buggy, _ -> {}, NO_WAIT)
                .handleRequest(batch(List.of(message("1", resized(BEACH, 1)))), context);

        // then
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN Message failed {message_id=1, ")
                .contains("java.lang.NullPointerException", "at " + getClass().getName());
    }

    @Test
    void messageWhoseAnnouncementIsNotTaken_isReportedAndAnnouncedOnRedelivery() {
        // given
        SQSEvent event = batch(List.of(message("1", resized(BEACH, 1))));
        UpdateGalleryHandler busIsFull = new UpdateGalleryHandler(
                gallery,
                _ -> {
                    throw new IllegalStateException("The bus is full");
                },
                NO_WAIT);

        // when
        assertThat(failed(busIsFull.handleRequest(event, context))).containsExactly("1");
        assertThat(failed(handler.handleRequest(event, context))).isEmpty();

        // then
        assertThat(announced).containsExactly(new GalleryUpdated(BEACH, PhotoEvents.version(1)));
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
    }

    @Test
    void photoWithAnOrdinaryFileName_isBroughtIntoTheGallery() {
        // given
        PhotoId holiday = new PhotoId("anna", "Ferien am Meer (3).JPG");

        // when
        List<String> failed = handle(message("1", resized(holiday, 1)));

        // then
        assertThat(failed).isEmpty();
        assertThat(gallery.photos()).containsOnlyKeys(holiday);
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(UpdateGalleryHandler::new)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PHOTOS_TABLE is not set");
    }

    private List<String> handle(SQSMessage... messages) {
        return failed(handler.handleRequest(batch(List.of(messages)), context));
    }
}
