package dev.printshop.component;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.aws.ParcelsTable;
import dev.printshop.parcels.domain.OverdueParcels;
import dev.printshop.parcels.domain.Parcels;
import dev.printshop.parcels.domain.ParcelsContract;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.TrackedParcels;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The parcels adapter against DynamoDB's batches, conditions and index, in the table of the template. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbParcelsTest extends ParcelsContract {

    private ParcelsTable table;
    private DynamoDbParcels parcels;

    @BeforeEach
    void openTable(Stack stack) {
        table = new ParcelsTable(stack.client(DynamoDbClient.builder()), stack.parcelsTable());
        parcels =
                new DynamoDbParcels(table.dynamoDb(), table.name(), Clock.systemUTC(), _ -> {}, Duration.ofSeconds(10));
    }

    @Override
    protected Parcels parcels() {
        return parcels;
    }

    @Override
    protected OverdueParcels overdueParcels() {
        return parcels;
    }

    @Override
    protected TrackedParcels trackedParcels() {
        return parcels;
    }

    @Override
    protected void damage(ParcelId stored) {
        table.damage(stored);
    }

    @Override
    protected void damage(Scan.Place stored) {
        table.damage(stored);
    }
}
