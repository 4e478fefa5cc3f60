package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The watermarks in the parcels table, under a key that is not a valid parcel id. */
public final class DynamoDbWatermarks implements Watermarks {

    /** Not a valid parcel id, because of its first character. template.yaml contains it, too. */
    static final String PARTITION = "#WATERMARKS";

    /** A closed shard has no records after the stream's retention of a week. */
    private static final Duration RETENTION = Duration.ofDays(30);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    public DynamoDbWatermarks(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public void raise(String name, Instant readUpTo) {
        try {
            dynamoDb.updateItem(update -> update.tableName(table)
                    .key(Map.of("parcelId", ParcelItems.text(PARTITION), "item", ParcelItems.text(name)))
                    .updateExpression("SET readUpTo = :readUpTo, expiresAt = :expiresAt")
                    .conditionExpression("attribute_not_exists(readUpTo) OR readUpTo < :readUpTo")
                    .expressionAttributeValues(Map.of(
                            ":readUpTo",
                            ParcelItems.time(readUpTo),
                            ":expiresAt",
                            ParcelItems.number(clock.instant().plus(RETENTION).getEpochSecond()))));
        } catch (ConditionalCheckFailedException _) {
            // After a failure, the batch is retried with its heartbeats: an earlier watermark is not an error.
            return;
        }
    }

    @Override
    public Map<String, Instant> all() {
        Map<String, Instant> watermarks = new HashMap<>();
        dynamoDb.queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("parcelId = :watermarks")
                        .expressionAttributeValues(Map.of(":watermarks", ParcelItems.text(PARTITION)))
                        .consistentRead(true))
                .items()
                .forEach(item -> watermarks.put(
                        ParcelItems.required(item, "item").s(),
                        Instant.parse(ParcelItems.required(item, "readUpTo").s())));
        return watermarks;
    }
}
