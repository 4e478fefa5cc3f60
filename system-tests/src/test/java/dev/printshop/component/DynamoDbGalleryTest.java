package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.photos.gallery.aws.DynamoDbGallery;
import dev.printshop.photos.gallery.domain.Gallery;
import dev.printshop.photos.gallery.domain.GalleryChange;
import dev.printshop.photos.gallery.domain.GalleryContract;
import dev.printshop.photos.gallery.domain.PhotoEvents;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The gallery adapter against DynamoDB's conditional writes and transactions, in the table of the template. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbGalleryTest extends GalleryContract {

    private DynamoDbClient dynamoDb;
    private String table;
    private DynamoDbGallery gallery;
    private String owner;

    @BeforeEach
    void openTable(Stack stack, TestInfo test) {
        dynamoDb = stack.client(DynamoDbClient.builder());
        table = stack.photosTable();
        gallery = new DynamoDbGallery(dynamoDb, table, Clock.systemUTC());
        owner = TestOwner.of(test);
    }

    @Test
    void removedPhoto_leavesTheListing_andExpires() {
        // given
        PhotoId photo = new PhotoId(owner, "cat.jpg");
        write(PhotoEvents.rejected(photo, 1));
        assertThat(listing()).hasSize(1);

        // when
        write(PhotoEvents.removed(photo, 2));

        // then
        assertThat(listing()).isEmpty();
        assertThat(item("cat.jpg")).containsKey("expiresAt");
    }

    @Override
    protected Gallery gallery() {
        return gallery;
    }

    @Override
    protected String owner() {
        return owner;
    }

    @Override
    protected Counters counters() {
        return new Counters(counter("photosReady"), counter("photosRejected"));
    }

    private void write(PhotoEvent event) {
        gallery.write(GalleryChange.of(gallery.find(event.photo()), event).orElseThrow());
    }

    private int counter(String name) {
        return Optional.ofNullable(item("#profile").get(name))
                .map(count -> Integer.parseInt(count.n()))
                .orElse(0);
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
