package dev.printshop.photos.gallery.aws;

import static dev.printshop.photos.gallery.domain.PhotoEvents.ANNAS_PHOTO;
import static dev.printshop.photos.gallery.domain.PhotoEvents.rejected;
import static dev.printshop.photos.gallery.domain.PhotoEvents.removed;
import static dev.printshop.photos.gallery.domain.PhotoEvents.resized;
import static dev.printshop.photos.gallery.domain.PhotoEvents.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.photos.gallery.domain.CounterChange;
import dev.printshop.photos.gallery.domain.GalleryChange;
import dev.printshop.photos.gallery.domain.PhotoState;
import dev.printshop.photos.gallery.domain.PhotoStatus;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoResized;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

class DynamoDbGalleryTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
    private static final String WRITTEN_NOW = "2026-11-23T10:15:30.000Z";

    private final FakeDynamoDb dynamoDb = new FakeDynamoDb();
    private final DynamoDbGallery gallery =
            new DynamoDbGallery(dynamoDb, "dev-photos", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aPhotoThatTheTableDoesNotHaveIsNotFound() {
        assertThat(gallery.find(ANNAS_PHOTO)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPhotoIsFoundWithVersionAndStatus(PhotoStatus status) {
        // given
        dynamoDb.item = Map.of("version", text(version(7).value()), "status", text(status.name()));

        // when
        Optional<PhotoState> state = gallery.find(ANNAS_PHOTO);

        // then
        assertThat(state).contains(new PhotoState(version(7), status));
    }

    @Test
    void aStatusThatOnlyALaterVersionKnowsIsReadAndReplaced() {
        // given
        dynamoDb.item = Map.of("version", text(version(7).value()), "status", text("IN_REVIEW"));

        // when
        Optional<PhotoState> state = gallery.find(ANNAS_PHOTO);
        GalleryChange change = GalleryChange.of(state, resized(ANNAS_PHOTO, 8)).orElseThrow();

        // then
        assertThat(state).contains(new PhotoState(version(7), PhotoStatus.UNKNOWN));
        assertThat(change.counters()).isEqualTo(new CounterChange(1, 0));
    }

    @Test
    void aPhotoIsLookedUpByItsKeyAndWithAllThatWasWrittenBefore() {
        // when
        gallery.find(ANNAS_PHOTO);

        // then
        assertThat(dynamoDb.gets)
                .containsExactly(GetItemRequest.builder()
                        .tableName("dev-photos")
                        .key(Map.of("owner", text("anna"), "photoId", text("beach-1")))
                        .consistentRead(true)
                        .build());
    }

    @Test
    void anItemWithoutVersionIsABrokenPromiseThatIsNamed() {
        // given
        dynamoDb.item = Map.of("status", text("READY"));

        // then
        assertThatThrownBy(() -> gallery.find(ANNAS_PHOTO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("'version'", "[status]");
    }

    @Test
    void aReadyPhotoHasSizeAndVariants() {
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
    void aRejectedPhotoHasTheReason() {
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
    void aRemovedPhotoLeavesTheIndexAndExpiresAfter30Days() {
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
    void timesAreWrittenSoThatTheOrderOfTheTextsIsTheirs() {
        // given
        Stream<Instant> inOrder = Stream.of(
                Instant.parse("2026-11-23T10:15:29.999Z"),
                Instant.parse("2026-11-23T10:15:30Z"),
                Instant.parse("2026-11-23T10:15:30.001Z"),
                Instant.parse("2026-11-23T10:15:30.010Z"),
                Instant.parse("2026-11-23T10:15:30.100Z"),
                Instant.parse("2026-11-23T10:15:31Z"));

        // when
        List<String> texts =
                inOrder.map(DynamoDbGalleryTest::uploadedAt).map(this::sortKey).toList();

        // then
        assertThat(texts).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aNewPhotoIsWrittenOnlyIfNobodyElseWroteItSince() {
        // when
        Put put = putWrittenFor(Optional.empty(), resized(ANNAS_PHOTO, 1));

        // then
        assertThat(put.tableName()).isEqualTo("dev-photos");
        assertThat(put.conditionExpression()).isEqualTo("attribute_not_exists(photoId)");
        assertThat(put.expressionAttributeValues()).isEmpty();
    }

    @Test
    void aKnownPhotoIsWrittenOnlyIfItIsStillAsItWasSeen() {
        // when
        Put put = putWrittenFor(Optional.of(new PhotoState(version(1), PhotoStatus.REMOVED)), resized(ANNAS_PHOTO, 2));

        // then
        assertThat(put.conditionExpression()).isEqualTo("version = :seen");
        assertThat(put.expressionAttributeValues())
                .isEqualTo(Map.of(":seen", text(version(1).value())));
    }

    @Test
    void theCountersAreAddedToInTheSameTransaction() {
        // given
        PhotoState ready = new PhotoState(version(1), PhotoStatus.READY);

        // when
        write(Optional.of(ready), rejected(ANNAS_PHOTO, 2));

        // then
        List<TransactWriteItem> writes = dynamoDb.transactions.getFirst().transactItems();
        assertThat(writes).hasSize(2);
        assertThat(writes.getLast().update())
                .isEqualTo(Update.builder()
                        .tableName("dev-photos")
                        .key(Map.of("owner", text("anna"), "photoId", text("#profile")))
                        .updateExpression("ADD photosReady :ready, photosRejected :rejected SET updatedAt = :now")
                        .expressionAttributeValues(
                                Map.of(":ready", number("-1"), ":rejected", number("1"), ":now", text(WRITTEN_NOW)))
                        .build());
    }

    @Test
    void theProfileIsLeftAloneWhenNoCounterChanges() {
        // given
        PhotoState ready = new PhotoState(version(1), PhotoStatus.READY);

        // when
        write(Optional.of(ready), resized(ANNAS_PHOTO, 2));

        // then
        assertThat(dynamoDb.transactions.getFirst().transactItems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConditionalCheckFailed", "TransactionConflict"})
    void aTransactionThatLostAgainstAnotherIsAConcurrentChange(String code) {
        // given: the reasons of both writes are told, in their order; either may be the one
        for (List<String> codes : List.of(List.of(code, "None"), List.of("None", code))) {
            dynamoDb.failure = cancelled(codes);

            // then
            assertThatThrownBy(() -> write(Optional.empty(), resized(ANNAS_PHOTO, 1)))
                    .isInstanceOf(ConcurrentChangeException.class)
                    .hasMessageContainingAll("anna/beach-1", code)
                    .hasCause(dynamoDb.failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingError", "ProvisionedThroughputExceeded", "ValidationError"})
    void aTransactionCancelledForAnotherReasonIsPassedOnForTheQueueToTryLater(String code) {
        // given
        dynamoDb.failure = cancelled(List.of("None", code));

        // then
        assertThatThrownBy(() -> write(Optional.empty(), resized(ANNAS_PHOTO, 1)))
                .isSameAs(dynamoDb.failure);
    }

    @Test
    void aThrottleIsPassedOnForTheQueueToTryLater() {
        // given
        dynamoDb.failure = ProvisionedThroughputExceededException.builder()
                .message("slow down")
                .build();

        // then
        assertThatThrownBy(() -> gallery.find(ANNAS_PHOTO)).isSameAs(dynamoDb.failure);
        assertThatThrownBy(() -> write(Optional.empty(), resized(ANNAS_PHOTO, 1)))
                .isSameAs(dynamoDb.failure);
    }

    private void write(Optional<PhotoState> seen, PhotoEvent event) {
        gallery.write(GalleryChange.of(seen, event).orElseThrow());
    }

    private Put putWrittenFor(Optional<PhotoState> seen, PhotoEvent event) {
        write(seen, event);
        return dynamoDb.transactions.getLast().transactItems().getFirst().put();
    }

    private Map<String, AttributeValue> itemWrittenFor(PhotoEvent event) {
        return new HashMap<>(putWrittenFor(Optional.empty(), event).item());
    }

    private String sortKey(PhotoEvent event) {
        return Objects.requireNonNull(itemWrittenFor(event).get("uploadedAt")).s();
    }

    private static PhotoEvent uploadedAt(Instant time) {
        PhotoResized event = resized(ANNAS_PHOTO, 1);
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
