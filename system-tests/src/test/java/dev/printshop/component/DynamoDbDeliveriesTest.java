package dev.printshop.component;

import static dev.printshop.component.OwnTable.partition;
import static dev.printshop.component.OwnTable.sort;
import static dev.printshop.component.OwnTable.texts;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.orders.aws.DynamoDbDeliveries;
import dev.printshop.orders.domain.Deliveries;
import dev.printshop.orders.domain.DeliveriesContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The adapter of deliveries against DynamoDB's updates. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbDeliveriesTest extends DeliveriesContract {

    private OwnTable table;

    @BeforeEach
    void createTable(Stack stack) {
        table = OwnTable.create(
                stack, create -> create.attributeDefinitions(texts("pk", "sk")).keySchema(partition("pk"), sort("sk")));
    }

    @AfterEach
    void deleteTable() {
        table.delete();
    }

    @Override
    protected Deliveries deliveries() {
        return new DynamoDbDeliveries(table.dynamoDb(), table.name());
    }
}
