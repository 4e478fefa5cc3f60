package dev.printshop.orders.aws;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.orders.domain.PrintablePhoto;
import dev.printshop.orders.domain.PrintablePhoto.State;
import dev.printshop.orders.domain.PrintablePhotos;
import dev.printshop.orders.domain.PrintablePhotosContract;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The adapter on a table in memory, which has the limits of DynamoDB. */
class DynamoDbPrintablePhotosTest extends PrintablePhotosContract {

    private static final PhotoId CAT = new PhotoId("anna", "cat.jpg");
    private static final PhotoId DOG = new PhotoId("anna", "dog.jpg");
    private static final String VERSION_1 = "00000000000000010000000000000000";

    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("photo");
    private final List<Integer> pauses = new ArrayList<>();
    private final DynamoDbPrintablePhotos photos =
            new DynamoDbPrintablePhotos(dynamoDb, "dev-photos", () -> NOW, pauses::add);

    @Test
    void readyPhoto_isStoredUntilItsNextEvent() {
        // when
        photos.store(new PrintablePhoto(CAT, version(1), State.READY));

        // then
        assertThat(dynamoDb.items())
                .containsExactly(
                        Map.of("photo", text("anna/cat.jpg"), "version", text(VERSION_1), "state", text("READY")));
    }

    @Test
    void unavailablePhoto_expiresAfter90Days_unlessItIsReadyAgain() {
        // when
        photos.store(new PrintablePhoto(CAT, version(1), State.UNAVAILABLE));

        // then
        assertThat(dynamoDb.items())
                .containsExactly(Map.of(
                        "photo", text("anna/cat.jpg"),
                        "version", text(VERSION_1),
                        "state", text("UNAVAILABLE"),
                        "expiresAt", AttributeValue.fromN("1803385872")));

        // and when
        photos.store(new PrintablePhoto(CAT, version(2), State.READY));

        // then
        assertThat(dynamoDb.items())
                .singleElement()
                .satisfies(item -> assertThat(item).doesNotContainKey("expiresAt"));
    }

    @Test
    void stateOfALaterVersion_isUnavailable() {
        // given
        dynamoDb.putItem(put -> put.tableName("dev-photos")
                .item(Map.of("photo", text("anna/cat.jpg"), "version", text(VERSION_1), "state", text("BLOCKED"))));

        // then
        assertThat(photos.find(List.of(CAT)))
                .isEqualTo(Map.of(CAT, new PrintablePhoto(CAT, version(1), State.UNAVAILABLE)));
    }

    @Test
    void photosLeftUnread_areReadAgain() {
        // given
        photos.store(new PrintablePhoto(CAT, version(1), State.READY));
        photos.store(new PrintablePhoto(DOG, version(1), State.READY));
        dynamoDb.leaveUndone((batch, key) -> batch == 1 && text("anna/cat.jpg").equals(key.get("photo")));

        // then
        assertThat(photos.find(List.of(CAT, DOG))).containsOnlyKeys(CAT, DOG);
        assertThat(pauses).containsExactly(1);
    }

    @Test
    void photosLeftUnreadAgainAndAgain_areATransientFailure() {
        // given a table that reads one photo of each call
        List<PhotoId> ids = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> new PhotoId("anna", "photo-" + i))
                .toList();
        dynamoDb.leaveUndone((batch, key) -> !text("anna/photo-" + batch).equals(key.get("photo")));

        // then
        assertThatThrownBy(() -> photos.find(ids))
                .isInstanceOf(TransientFailureException.class)
                .hasMessageContaining("left photos unread 3 times: table dev-photos");
        assertThat(pauses).containsExactly(1, 2);
    }

    @Override
    protected PrintablePhotos photos() {
        return photos;
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
