package dev.printshop.shared.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.shared.idempotency.IdempotencyStore.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** The status of records of other callers, also of other versions of the code. */
class DynamoDbIdempotencyStoreStatusTest {

    @Test
    void completedRecord_isCompleted() {
        assertThat(statusOf(Map.of("status", AttributeValue.fromS("COMPLETED"))))
                .isEqualTo(Status.COMPLETED);
    }

    @Test
    void recordThatIsGoneAgain_isTriedLater() {
        assertThat(statusOf(Map.of())).isEqualTo(Status.INPROGRESS);
    }

    @Test
    void statusOfALaterVersion_isRetriedLater() {
        assertThat(statusOf(Map.of("status", AttributeValue.fromS("EXPIRED")))).isEqualTo(Status.INPROGRESS);
    }

    private static Status statusOf(Map<String, AttributeValue> item) {
        return new DynamoDbIdempotencyStore(new TakenRecord(item), "alerts", Clock.systemUTC())
                .saveInProgress("key", Instant.EPOCH);
    }

    /** A table with a record of another caller. */
    private record TakenRecord(Map<String, AttributeValue> item) implements DynamoDbClient {

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            throw ConditionalCheckFailedException.builder().build();
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return GetItemResponse.builder().item(item).build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
