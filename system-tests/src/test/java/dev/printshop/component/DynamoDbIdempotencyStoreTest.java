package dev.printshop.component;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.shared.idempotency.DynamoDbIdempotencyStore;
import dev.printshop.shared.idempotency.IdempotencyStore;
import dev.printshop.shared.idempotency.IdempotencyStoreContract;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The adapter of the idempotency store against DynamoDB's conditions, in the table that AlertSupport uses. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbIdempotencyStoreTest extends IdempotencyStoreContract {

    private final Stack stack;
    private final DynamoDbClient dynamoDb;

    DynamoDbIdempotencyStoreTest(Stack stack) {
        this.stack = stack;
        this.dynamoDb = stack.client(DynamoDbClient.builder());
    }

    @Override
    protected IdempotencyStore store(InstantSource clock) {
        return new DynamoDbIdempotencyStore(dynamoDb, table(), clock);
    }

    private String table() {
        try (LambdaClient lambda = stack.client(LambdaClient.builder())) {
            return lambda.getFunctionConfiguration(get -> get.functionName(Stack.functionName("AlertSupportFunction")))
                    .environment()
                    .variables()
                    .get("IDEMPOTENCY_TABLE");
        }
    }
}
