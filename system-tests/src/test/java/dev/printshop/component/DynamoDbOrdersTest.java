package dev.printshop.component;

import static dev.printshop.component.OwnTable.partition;
import static dev.printshop.component.OwnTable.sort;
import static dev.printshop.component.OwnTable.texts;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.orders.aws.DynamoDbOrders;
import dev.printshop.orders.domain.Orders;
import dev.printshop.orders.domain.OrdersContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** The orders adapter against DynamoDB's transactions, conditions and index. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbOrdersTest extends OrdersContract {

    private OwnTable table;

    @BeforeEach
    void createTable(Stack stack) {
        table = OwnTable.create(
                stack,
                create -> create.attributeDefinitions(texts("pk", "sk", "customerId", "orderId"))
                        .keySchema(partition("pk"), sort("sk"))
                        .globalSecondaryIndexes(index -> index.indexName("customer-orders")
                                .keySchema(partition("customerId"), sort("orderId"))
                                .projection(projection -> projection.projectionType(ProjectionType.ALL))));
    }

    @AfterEach
    void deleteTable() {
        table.delete();
    }

    @Override
    protected Orders orders() {
        return new DynamoDbOrders(table.dynamoDb(), table.name());
    }
}
