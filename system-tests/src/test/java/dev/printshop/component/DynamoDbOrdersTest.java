package dev.printshop.component;

import static dev.printshop.component.OwnTable.partition;
import static dev.printshop.component.OwnTable.sort;
import static dev.printshop.component.OwnTable.texts;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.orders.aws.DynamoDbOrders;
import dev.printshop.orders.domain.Orders;
import dev.printshop.orders.domain.OrdersContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** The orders adapter against DynamoDB's transactions, conditions and index. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbOrdersTest extends OrdersContract {

    private OwnTable table;

    @BeforeEach
    void createTable(Stack stack) {
        GlobalSecondaryIndex ofCustomers = GlobalSecondaryIndex.builder()
                .indexName("customer-orders")
                .keySchema(partition("customerId"), sort("orderId"))
                .projection(projection -> projection.projectionType(ProjectionType.ALL))
                .build();
        table = OwnTable.create(
                stack,
                create -> create.attributeDefinitions(texts("pk", "sk", "customerId", "orderId"))
                        .keySchema(partition("pk"), sort("sk"))
                        .globalSecondaryIndexes(ofCustomers));
    }

    @AfterEach
    void deleteTable() {
        table.delete();
    }

    @Override
    protected Orders orders() {
        return new DynamoDbOrders(table.dynamoDb(), table.name());
    }

    @Override
    protected void putStock(String product, long available) {
        Map<String, AttributeValue> item = new HashMap<>(stockKey(product));
        item.put("available", AttributeValue.fromN(String.valueOf(available)));
        table.dynamoDb().putItem(put -> put.tableName(table.name()).item(item));
    }

    @Override
    protected long available(String product) {
        return Long.parseLong(table.dynamoDb()
                .getItem(get ->
                        get.tableName(table.name()).key(stockKey(product)).consistentRead(true))
                .item()
                .get("available")
                .n());
    }

    private static Map<String, AttributeValue> stockKey(String product) {
        return Map.of("pk", AttributeValue.fromS("PRODUCT#" + product), "sk", AttributeValue.fromS("STOCK"));
    }
}
