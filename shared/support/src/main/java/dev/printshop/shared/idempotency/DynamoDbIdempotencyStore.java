package dev.printshop.shared.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Idempotency records in a DynamoDB table with the attributes of Powertools' tables. */
public final class DynamoDbIdempotencyStore implements IdempotencyStore {

    /** EventBridge and Lambda retry an event for a day at most, and a failures queue keeps it for 14 days. */
    private static final Duration RETENTION = Duration.ofDays(30);

    private static final AttributeValue COMPLETED = AttributeValue.fromS(Status.COMPLETED.name());

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    public DynamoDbIdempotencyStore(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Status saveInProgress(String key, Instant inProgressExpiration) {
        Instant now = clock.instant();
        try {
            dynamoDb.putItem(put -> put.tableName(table)
                    .item(Map.of(
                            "id", AttributeValue.fromS(key),
                            "status", AttributeValue.fromS(Status.INPROGRESS.name()),
                            "in_progress_expiration", number(inProgressExpiration.toEpochMilli()),
                            "expiration", number(now.plus(RETENTION).getEpochSecond())))
                    // DynamoDB deletes expired items within days, not immediately.
                    .conditionExpression("attribute_not_exists(id) OR expiration < :now"
                            + " OR (#status = :inProgress AND in_progress_expiration < :nowMillis)")
                    .expressionAttributeNames(Map.of("#status", "status"))
                    .expressionAttributeValues(Map.of(
                            ":now", number(now.getEpochSecond()),
                            ":nowMillis", number(now.toEpochMilli()),
                            ":inProgress", AttributeValue.fromS(Status.INPROGRESS.name()))));
            return Status.ACQUIRED;
        } catch (ConditionalCheckFailedException _) {
            Map<String, AttributeValue> item = dynamoDb.getItem(get -> get.tableName(table)
                            .key(Map.of("id", AttributeValue.fromS(key)))
                            .consistentRead(true))
                    .item();
            // All other cases are retried later: a missing item, which another caller has just released, or a status
            // that only a later version of this code defines.
            return COMPLETED.equals(item.get("status")) ? Status.COMPLETED : Status.INPROGRESS;
        }
    }

    @Override
    public void saveSuccess(String key) {
        dynamoDb.updateItem(update -> update.tableName(table)
                .key(Map.of("id", AttributeValue.fromS(key)))
                .updateExpression("SET #status = :completed, expiration = :expiration REMOVE in_progress_expiration")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(Map.of(
                        ":completed",
                        COMPLETED,
                        ":expiration",
                        number(clock.instant().plus(RETENTION).getEpochSecond()))));
    }

    @Override
    public void deleteRecord(String key, Instant inProgressExpiration) {
        try {
            dynamoDb.deleteItem(delete -> delete.tableName(table)
                    .key(Map.of("id", AttributeValue.fromS(key)))
                    .conditionExpression("in_progress_expiration = :mine")
                    .expressionAttributeValues(Map.of(":mine", number(inProgressExpiration.toEpochMilli()))));
        } catch (ConditionalCheckFailedException _) {
            // The lease was lost, so there is no record to release.
            return;
        }
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
