package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.HubFigures;
import dev.printshop.parcels.domain.HubFiguresContract;
import dev.printshop.shared.aws.InMemoryDynamoDb;

/** The adapter on a table in memory, which has the limits of DynamoDB. */
class DynamoDbHubFiguresTest extends HubFiguresContract {

    private final DynamoDbHubFigures figures =
            new DynamoDbHubFigures(new InMemoryDynamoDb("hubCode", "minute"), "hub-figures");

    @Override
    protected HubFigures figures() {
        return figures;
    }
}
