package dev.printshop.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.Deliveries;
import dev.printshop.orders.domain.DeliveriesContract;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.TaskToken;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The adapter on a table in memory. */
class DynamoDbDeliveriesTest extends DeliveriesContract {

    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("pk", "sk");
    private final DynamoDbDeliveries deliveries = new DynamoDbDeliveries(dynamoDb, "dev-orders");

    @Test
    void delivery_isAnItemOfItsOwn_besideTheOrder() {
        // given
        OrderId order = OrderExamples.newId(OrderExamples.NOW);

        // when
        deliveries.await(order, new TaskToken("token-1"));
        deliveries.recordDelivered(order, OrderExamples.NOW);

        // then
        assertThat(dynamoDb.items())
                .containsExactly(Map.of(
                        "pk", AttributeValue.fromS("ORDER#" + order),
                        "sk", AttributeValue.fromS("DELIVERY"),
                        "taskToken", AttributeValue.fromS("token-1"),
                        "deliveredAt", AttributeValue.fromS("2026-11-25T12:31:12.512Z")));
    }

    @Override
    protected Deliveries deliveries() {
        return deliveries;
    }
}
