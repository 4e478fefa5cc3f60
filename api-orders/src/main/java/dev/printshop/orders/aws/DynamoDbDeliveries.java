package dev.printshop.orders.aws;

import static dev.printshop.orders.aws.Attributes.text;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.Deliveries;
import dev.printshop.orders.domain.Delivery;
import dev.printshop.orders.domain.TaskToken;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Deliveries in the orders table. {@link OrderItems} describes their items. */
public final class DynamoDbDeliveries implements Deliveries {

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbDeliveries(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Delivery await(OrderId id, TaskToken token) {
        return update(id, "SET taskToken = :value", token.value());
    }

    @Override
    public Delivery recordDelivered(OrderId id, Instant deliveredAt) {
        return update(id, "SET deliveredAt = if_not_exists(deliveredAt, :value)", deliveredAt.toString());
    }

    private Delivery update(OrderId id, String expression, String value) {
        Map<String, AttributeValue> stored = dynamoDb.updateItem(update -> update.tableName(table)
                        .key(OrderItems.deliveryKey(id))
                        .updateExpression(expression)
                        .expressionAttributeValues(Map.of(":value", text(value)))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes();
        return new Delivery(
                Optional.ofNullable(stored.get("taskToken"))
                        .map(AttributeValue::s)
                        .map(TaskToken::new),
                Optional.ofNullable(stored.get("deliveredAt"))
                        .map(AttributeValue::s)
                        .map(Instant::parse));
    }
}
