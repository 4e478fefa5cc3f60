package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.aws.DynamoDbOrders;
import dev.printshop.orders.domain.Orders;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.snapstart.Priming;
import java.security.SecureRandom;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The objects from which the tasks of the workflow are made. */
final class OrderWiring {

    /** The calls of an attempt: the order is read, and its change is stored. */
    static final int CALLS_FOR_AN_ATTEMPT = 2;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Orders orders;
    private final OptimisticAttempts attempts;

    /**
     * Connects to the table of the environment.
     *
     * @param callTimeout the longest duration of a call of DynamoDB
     */
    OrderWiring(Environment environment, Duration callTimeout) {
        table = environment.required("ORDERS_TABLE");
        dynamoDb = AwsClients.create(DynamoDbClient.builder(), callTimeout);
        orders = new DynamoDbOrders(dynamoDb, table);
        attempts = new OptimisticAttempts(
                new JitteredBackoff(new SecureRandom(), callTimeout.multipliedBy(CALLS_FOR_AN_ATTEMPT)));
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    String table() {
        return table;
    }

    Orders orders() {
        return orders;
    }

    OptimisticAttempts attempts() {
        return attempts;
    }

    /** Primes a task; the read prepares the connection. */
    void prime(RequestHandler<?, ?> handler) {
        Priming.of(handler)
                .reading(() -> orders.find(GetHealthHandler.NO_ORDER))
                .beforeCheckpoint();
    }
}
