package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.photos.gallery.aws.DynamoDbGallery;
import dev.printshop.photos.gallery.domain.GalleryChange;
import dev.printshop.photos.gallery.domain.GalleryUpdater;
import dev.printshop.photos.gallery.domain.PhotoState;
import dev.printshop.photos.gallery.domain.PhotoStatus;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.events.PhotoRemoved;
import dev.printshop.shared.events.PhotoVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The gallery adapter against DynamoDB's conditional writes and transactions, in the table that the template makes. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbGalleryTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private DynamoDbClient dynamoDb;
    private String table;
    private DynamoDbGallery gallery;
    private String owner;

    @BeforeEach
    void openTable(Stack stack, TestInfo test) {
        dynamoDb = stack.client(DynamoDbClient.builder());
        table = stack.photosTable();
        gallery = new DynamoDbGallery(dynamoDb, table, Clock.systemUTC());
        owner = "component-" + Integer.toHexString(test.getDisplayName().hashCode());
    }

    @Test
    void writtenPhoto_isFoundAndCounted() {
        // when
        gallery.write(change(rejected("one", 1)));

        // then
        assertThat(gallery.find(photo("one"))).contains(new PhotoState(version(1), PhotoStatus.REJECTED));
        assertThat(rejectedCount()).isEqualTo("1");
    }

    @Test
    void changeThatWasDecidedOnAnOldState_isRefusedAndCountsNothing() {
        // given
        GalleryChange first = change(rejected("one", 1));
        GalleryChange second = change(rejected("one", 2));
        gallery.write(second);

        // when, then
        assertThatThrownBy(() -> gallery.write(first)).isInstanceOf(ConcurrentChangeException.class);
        assertThat(gallery.find(photo("one")).map(PhotoState::version)).contains(version(2));
        assertThat(rejectedCount()).isEqualTo("1");
    }

    @Test
    void removedPhoto_leavesTheListingAndTheCounter_andExpires() {
        // given
        gallery.write(change(rejected("one", 1)));
        assertThat(listing()).hasSize(1);

        // when
        gallery.write(change(new PhotoRemoved(photo("one"), version(2), NOON)));

        // then
        assertThat(listing()).isEmpty();
        assertThat(rejectedCount()).isEqualTo("0");
        assertThat(item("one")).containsKey("expiresAt");
    }

    @Test
    void eventsOfOneOwnerAtTheSameTime_areAllCountedOnce() throws Exception {
        // given eight photos, each event twice
        GalleryUpdater updater = new GalleryUpdater(gallery, new JitteredBackoff(new Random(1), Duration.ZERO));
        List<Callable<Boolean>> updates = IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(n -> () -> updater.update(rejected("photo-" + n / 2, 1)))
                .toList();

        // when
        int changes = 0;
        try (ExecutorService instances = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> update : instances.invokeAll(updates)) {
                changes += update.get() ? 1 : 0;
            }
        }

        // then
        assertThat(changes).isEqualTo(8);
        assertThat(rejectedCount()).isEqualTo("8");
        assertThat(listing()).hasSize(8);
    }

    private GalleryChange change(PhotoEvent event) {
        return GalleryChange.of(gallery.find(event.photo()), event).orElseThrow();
    }

    private PhotoRejected rejected(String id, int version) {
        return new PhotoRejected(photo(id), version(version), NOON, "EMPTY", "The file is empty.");
    }

    private PhotoId photo(String id) {
        return new PhotoId(owner, id);
    }

    private static PhotoVersion version(int number) {
        return PhotoVersion.ofSequencer("%04X".formatted(number));
    }

    private String rejectedCount() {
        return Optional.ofNullable(item("#profile").get("photosRejected"))
                .map(AttributeValue::n)
                .orElse("none");
    }

    private Map<String, AttributeValue> item(String photoId) {
        return dynamoDb.getItem(get -> get.tableName(table)
                        .key(Map.of("owner", AttributeValue.fromS(owner), "photoId", AttributeValue.fromS(photoId))))
                .item();
    }

    private List<Map<String, AttributeValue>> listing() {
        return dynamoDb.query(query -> query.tableName(table)
                        .indexName("newest-first")
                        .keyConditionExpression("#owner = :owner")
                        .expressionAttributeNames(Map.of("#owner", "owner"))
                        .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(owner))))
                .items();
    }
}
