package dev.printshop.component;

import static dev.printshop.component.OwnTable.partition;
import static dev.printshop.component.OwnTable.texts;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.orders.aws.DynamoDbPrintablePhotos;
import dev.printshop.orders.domain.PrintablePhotos;
import dev.printshop.orders.domain.PrintablePhotosContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The adapter of the photos' read model against DynamoDB's batches and conditions. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbPrintablePhotosTest extends PrintablePhotosContract {

    private OwnTable table;

    @BeforeEach
    void createTable(Stack stack) {
        table = OwnTable.create(
                stack, create -> create.attributeDefinitions(texts("photo")).keySchema(partition("photo")));
    }

    @AfterEach
    void deleteTable() {
        table.delete();
    }

    @Override
    protected PrintablePhotos photos() {
        return new DynamoDbPrintablePhotos(table.dynamoDb(), table.name(), InstantSource.system(), _ -> {});
    }
}
