package dev.printshop.orders.aws;

import static dev.printshop.orders.aws.Attributes.requiredPhoto;
import static dev.printshop.orders.aws.Attributes.requiredText;
import static dev.printshop.orders.aws.Attributes.text;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.orders.domain.PrintablePhoto;
import dev.printshop.orders.domain.PrintablePhoto.State;
import dev.printshop.orders.domain.PrintablePhotos;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * The read model of photos in a DynamoDB table: an item for each photo, with the key {@code photo} (owner/photo), its
 * {@code version} and its {@code state}. A photo that can't be printed has {@code expiresAt}, for the table's TTL.
 */
public final class DynamoDbPrintablePhotos implements PrintablePhotos {

    /** Longer than any delay of a photo's events, as in the gallery. */
    static final Duration UNAVAILABLE_RETENTION = Duration.ofDays(90);

    private static final int MAX_ATTEMPTS = 3;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;
    private final Backoff backoff;

    /**
     * Uses a table.
     *
     * @param backoff waits before unprocessed items are retried
     */
    public DynamoDbPrintablePhotos(DynamoDbClient dynamoDb, String table, InstantSource clock, Backoff backoff) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
        this.backoff = backoff;
    }

    @Override
    public Map<PhotoId, PrintablePhoto> find(Collection<PhotoId> ids) {
        Map<PhotoId, PrintablePhoto> found = new HashMap<>();
        Map<String, KeysAndAttributes> left = Map.of(
                table,
                KeysAndAttributes.builder()
                        // One call must not contain the same key twice.
                        .keys(ids.stream()
                                .distinct()
                                .map(id -> Map.of("photo", Attributes.photo(id)))
                                .toList())
                        .consistentRead(true)
                        .build());
        for (int attempt = 1; ; attempt++) {
            Map<String, KeysAndAttributes> wanted = left;
            BatchGetItemResponse answer = dynamoDb.batchGetItem(get -> get.requestItems(wanted));
            answer.responses().getOrDefault(table, List.of()).forEach(item -> {
                PrintablePhoto photo = photo(item);
                found.put(photo.photo(), photo);
            });
            left = answer.unprocessedKeys();
            if (left.isEmpty()) {
                return found;
            }
            if (attempt == MAX_ATTEMPTS) {
                throw new TransientFailureException(
                        "DynamoDB left photos unread %d times: table %s throttles".formatted(MAX_ATTEMPTS, table));
            }
            backoff.pause(attempt);
        }
    }

    @Override
    public boolean store(PrintablePhoto photo) {
        try {
            dynamoDb.putItem(put -> put.tableName(table)
                    .item(item(photo))
                    .conditionExpression("attribute_not_exists(photo) OR version < :version")
                    .expressionAttributeValues(
                            Map.of(":version", text(photo.version().value()))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            // This version or a later one is stored.
            return false;
        }
    }

    private Map<String, AttributeValue> item(PrintablePhoto photo) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("photo", Attributes.photo(photo.photo()));
        item.put("version", text(photo.version().value()));
        item.put("state", text(photo.state().name()));
        if (photo.state() == State.UNAVAILABLE) {
            item.put("expiresAt", OrderItems.seconds(clock.instant().plus(UNAVAILABLE_RETENTION)));
        }
        return item;
    }

    /** A state that only a later version of this code defines, read after a rollback, counts as unavailable. */
    private static PrintablePhoto photo(Map<String, AttributeValue> item) {
        return new PrintablePhoto(
                requiredPhoto(item, "photo"),
                new PhotoVersion(requiredText(item, "version")),
                requiredText(item, "state").equals(State.READY.name()) ? State.READY : State.UNAVAILABLE);
    }
}
