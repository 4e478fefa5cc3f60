package dev.printshop.parcels.aws;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Scan;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table behind {@link DynamoDbParcels}, for tests that change its items.
 *
 * @param dynamoDb where the table is
 * @param name its name
 */
public record ParcelsTable(DynamoDbClient dynamoDb, String name) {

    /** Makes a parcel's item unreadable, but not its scans. */
    public void damage(ParcelId stored) {
        remove("latestScans", ParcelItems.key(stored));
    }

    /** Makes a stored scan unreadable. */
    public void damage(Scan.Place stored) {
        remove("hubCode", ParcelItems.key(stored));
    }

    private void remove(String attribute, Map<String, AttributeValue> key) {
        dynamoDb.updateItem(update -> update.tableName(name).key(key).updateExpression("REMOVE " + attribute));
    }
}
