package dev.printshop.photos.gallery.aws;

import static dev.printshop.photos.gallery.domain.PhotoEvents.ANNAS_PHOTO;
import static dev.printshop.photos.gallery.domain.PhotoEvents.rejected;
import static dev.printshop.photos.gallery.domain.PhotoEvents.removed;
import static dev.printshop.photos.gallery.domain.PhotoEvents.resized;
import static dev.printshop.photos.gallery.domain.PhotoEvents.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.photos.gallery.domain.CounterChange;
import dev.printshop.photos.gallery.domain.Gallery;
import dev.printshop.photos.gallery.domain.GalleryChange;
import dev.printshop.photos.gallery.domain.GalleryContract;
import dev.printshop.photos.gallery.domain.PhotoState;
import dev.printshop.photos.gallery.domain.PhotoStatus;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The adapter on a table in memory, which has the limits of DynamoDB. */
class DynamoDbGalleryTest extends GalleryContract {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
    private static final String WRITTEN_NOW = "2026-11-23T10:15:30.000Z";

    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("owner", "photoId");
    private final DynamoDbGallery gallery = galleryAt(NOW);

    @ParameterizedTest
    @EnumSource
    void photo_isFoundWithVersionAndStatus(PhotoStatus status) {
        // given
        stored(Map.of("version", text(version(7).value()), "status", text(status.name())));

        // when
        Optional<PhotoState> state = gallery.find(ANNAS_PHOTO);

        // then
        assertThat(state).contains(new PhotoState(version(7), status));
    }

    @Test
    void statusOfALaterVersion_isReadAndReplaced() {
        // given
        stored(Map.of("version", text(version(7).value()), "status", text("IN_REVIEW")));

        // when
        Optional<PhotoState> state = gallery.find(ANNAS_PHOTO);
        GalleryChange change = GalleryChange.of(state, resized(ANNAS_PHOTO, 8)).orElseThrow();

        // then
        assertThat(state).contains(new PhotoState(version(7), PhotoStatus.UNKNOWN));
        assertThat(change.counters()).isEqualTo(new CounterChange(1, 0));
    }

    @Test
    void itemWithoutVersion_isReportedAsInvalid() {
        // given
        stored(Map.of("status", text("READY")));

        // then
        assertThatThrownBy(() -> gallery.find(ANNAS_PHOTO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("'version'", "status");
    }

    @Test
    void readyPhoto_hasSizeAndVariants() {
        // when
        Map<String, AttributeValue> item = itemWrittenFor(resized(ANNAS_PHOTO, 1));

        // then
        assertThat(item)
                .isEqualTo(Map.of(
                        "owner", text("anna"),
                        "photoId", text("beach-1"),
                        "version", text(version(1).value()),
                        "status", text("READY"),
                        "uploadedAt", text("2026-11-01T00:01:00.000Z"),
                        "updatedAt", text(WRITTEN_NOW),
                        "width", number("4032"),
                        "height", number("3024"),
                        "variants",
                                AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of(
                                        "name", text("thumb"),
                                        "key", text("anna/beach-1/1/thumb.jpg"),
                                        "width", number("150"),
                                        "height", number("150"),
                                        "bytes", number("9000"),
                                        "contentType", text("image/jpeg")))))));
    }

    @Test
    void rejectedPhoto_hasTheReason() {
        // when
        Map<String, AttributeValue> item = itemWrittenFor(rejected(ANNAS_PHOTO, 1));

        // then
        assertThat(item)
                .isEqualTo(Map.of(
                        "owner", text("anna"),
                        "photoId", text("beach-1"),
                        "version", text(version(1).value()),
                        "status", text("REJECTED"),
                        "uploadedAt", text("2026-11-01T00:01:00.000Z"),
                        "updatedAt", text(WRITTEN_NOW),
                        "reasonCode", text("DAMAGED"),
                        "reason", text("The file is damaged.")));
    }

    @Test
    void removedPhoto_leavesTheIndexAndExpiresAfter30Days() {
        // when
        Map<String, AttributeValue> item = itemWrittenFor(removed(ANNAS_PHOTO, 1));

        // then: no uploadedAt, which is the sort key of the index
        assertThat(item)
                .isEqualTo(Map.of(
                        "owner", text("anna"),
                        "photoId", text("beach-1"),
                        "version", text(version(1).value()),
                        "status", text("REMOVED"),
                        "updatedAt", text(WRITTEN_NOW),
                        "expiresAt",
                                number(Long.toString(
                                        NOW.plus(Duration.ofDays(90)).getEpochSecond()))));
    }

    @Test
    void storedTimes_sortAsTextInTimeOrder() {
        // given
        List<Instant> inOrder = List.of(
                Instant.parse("2026-11-23T10:15:29.999Z"),
                Instant.parse("2026-11-23T10:15:30Z"),
                Instant.parse("2026-11-23T10:15:30.001Z"),
                Instant.parse("2026-11-23T10:15:30.010Z"),
                Instant.parse("2026-11-23T10:15:30.100Z"),
                Instant.parse("2026-11-23T10:15:31Z"));

        // when
        List<String> texts = IntStream.range(0, inOrder.size())
                .mapToObj(i -> sortKey(uploadedAt(i + 1, inOrder.get(i))))
                .toList();

        // then
        assertThat(texts).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void counters_areChangedInTheSameTransaction() {
        // when
        write(resized(ANNAS_PHOTO, 1));
        write(rejected(ANNAS_PHOTO, 2));

        // then
        assertThat(profile())
                .isEqualTo(Map.of(
                        "owner", text("anna"),
                        "photoId", text("#profile"),
                        "photosReady", number("0"),
                        "photosRejected", number("1"),
                        "updatedAt", text(WRITTEN_NOW)));
        assertThat(dynamoDb.calls("TransactWriteItems")).isEqualTo(2);
    }

    @Test
    void unchangedCounters_doNotWriteTheProfile() {
        // given
        write(resized(ANNAS_PHOTO, 1));
        Map<String, AttributeValue> before = profile();

        // when
        DynamoDbGallery later = galleryAt(NOW.plusSeconds(1));
        later.write(GalleryChange.of(later.find(ANNAS_PHOTO), resized(ANNAS_PHOTO, 2))
                .orElseThrow());

        // then
        assertThat(profile()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConditionalCheckFailed", "TransactionConflict"})
    void conflictingTransaction_isAConcurrentChange(String code) {
        // given: the reasons of both writes are listed in order; either may be the conflict
        for (List<String> codes : List.of(List.of(code, "None"), List.of("None", code))) {
            RuntimeException failure = cancelled(codes);
            dynamoDb.fail(_ -> Optional.of(failure));

            // then
            assertThatThrownBy(() -> writeNew(resized(ANNAS_PHOTO, 1)))
                    .isInstanceOf(ConcurrentChangeException.class)
                    .hasMessageContainingAll("anna/beach-1", code)
                    .hasCause(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingError", "ProvisionedThroughputExceeded", "ValidationError"})
    void transactionCancelledForAnotherReason_isPassedOn(String code) {
        // given
        RuntimeException failure = cancelled(List.of("None", code));
        dynamoDb.fail(_ -> Optional.of(failure));

        // then
        assertThatThrownBy(() -> writeNew(resized(ANNAS_PHOTO, 1))).isSameAs(failure);
    }

    @Test
    void throttle_isPassedOn() {
        // given
        RuntimeException failure = ProvisionedThroughputExceededException.builder()
                .message("slow down")
                .build();
        dynamoDb.fail(_ -> Optional.of(failure));

        // then
        assertThatThrownBy(() -> gallery.find(ANNAS_PHOTO)).isSameAs(failure);
        assertThatThrownBy(() -> writeNew(resized(ANNAS_PHOTO, 1))).isSameAs(failure);
    }

    @Override
    protected Gallery gallery() {
        return gallery;
    }

    @Override
    protected String owner() {
        return "anna";
    }

    @Override
    protected Counters counters() {
        return new Counters(counter("photosReady"), counter("photosRejected"));
    }

    private int counter(String name) {
        return Optional.ofNullable(profile().get(name))
                .map(count -> Integer.parseInt(count.n()))
                .orElse(0);
    }

    private Map<String, AttributeValue> profile() {
        return item("#profile");
    }

    private Map<String, AttributeValue> item(String photoId) {
        return dynamoDb.items().stream()
                .filter(item -> text(photoId).equals(item.get("photoId")))
                .findFirst()
                .orElse(Map.of());
    }

    private DynamoDbGallery galleryAt(Instant now) {
        return new DynamoDbGallery(dynamoDb, "dev-photos", Clock.fixed(now, ZoneOffset.UTC));
    }

    /** The table has an item of the photo with these attributes. */
    private void stored(Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.put("owner", text(ANNAS_PHOTO.owner()));
        item.put("photoId", text(ANNAS_PHOTO.id()));
        dynamoDb.putItem(put -> put.tableName("dev-photos").item(item));
    }

    private void write(PhotoEvent event) {
        gallery.write(GalleryChange.of(gallery.find(event.photo()), event).orElseThrow());
    }

    private void writeNew(PhotoEvent event) {
        gallery.write(GalleryChange.of(Optional.empty(), event).orElseThrow());
    }

    private Map<String, AttributeValue> itemWrittenFor(PhotoEvent event) {
        write(event);
        return item(event.photo().id());
    }

    private String sortKey(PhotoEvent event) {
        return Objects.requireNonNull(itemWrittenFor(event).get("uploadedAt")).s();
    }

    private static PhotoEvent uploadedAt(int version, Instant time) {
        PhotoResized event = resized(ANNAS_PHOTO, version);
        return new PhotoResized(event.photo(), event.version(), time, event.original(), event.variants());
    }

    private static TransactionCanceledException cancelled(List<String> codes) {
        return TransactionCanceledException.builder()
                .cancellationReasons(codes.stream()
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .build();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(String value) {
        return AttributeValue.fromN(value);
    }
}
