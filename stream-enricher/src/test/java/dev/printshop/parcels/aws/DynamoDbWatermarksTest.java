package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.Watermarks;
import dev.printshop.parcels.domain.WatermarksContract;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import java.time.Clock;

/** The adapter on a table in memory, which has the limits of DynamoDB. */
class DynamoDbWatermarksTest extends WatermarksContract {

    private final DynamoDbWatermarks watermarks =
            new DynamoDbWatermarks(new InMemoryDynamoDb("parcelId", "item"), "parcels", Clock.systemUTC());

    @Override
    protected Watermarks watermarks() {
        return watermarks;
    }
}
