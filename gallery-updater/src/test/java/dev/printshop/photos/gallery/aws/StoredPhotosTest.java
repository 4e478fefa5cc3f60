package dev.printshop.photos.gallery.aws;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Variant;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.photos.gallery.domain.GalleryUpdater;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.SchemaDocuments;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Each photo event that fits its schema is stored in a table with DynamoDB's limits. */
class StoredPhotosTest {

    private static final int EVENTS = 100;

    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("owner", "photoId");
    private final DynamoDbGallery gallery = new DynamoDbGallery(dynamoDb, "photos", Clock.systemUTC());
    private final GalleryUpdater updater = new GalleryUpdater(gallery, _ -> {}, _ -> {});

    @ParameterizedTest
    @ValueSource(strings = {"PhotoResized", "PhotoRejected", "PhotoRemoved"})
    void eventThatFitsItsSchema_isStored_andComesBackAsItWentIn(String title) {
        SchemaDocuments schema = SchemaDocuments.of(title, 19);
        for (int i = 0; i < EVENTS; i++) {
            // given
            PhotoEvent event = PhotoEventJson.fromEnvelope(
                    JsonObject.of(Map.of("source", PhotoEvent.SOURCE, "detail-type", title, "detail", schema.valid())));

            // when
            updater.update(event);

            // then
            assertThat(gallery.find(event.photo()).orElseThrow().version()).isEqualTo(event.version());
            if (event instanceof PhotoResized resized) {
                assertThat(requireNonNull(item(event).get("variants")).l())
                        .extracting(variant -> text(variant, "key"))
                        .containsExactlyElementsOf(
                                resized.variants().stream().map(Variant::key).toList());
            }
        }
    }

    private Map<String, AttributeValue> item(PhotoEvent event) {
        return dynamoDb.getItem(get -> get.tableName("photos")
                        .key(Map.of(
                                "owner", AttributeValue.fromS(event.photo().owner()),
                                "photoId", AttributeValue.fromS(event.photo().id()))))
                .item();
    }

    private static String text(AttributeValue variant, String name) {
        return requireNonNull(variant.m().get(name)).s();
    }
}
