package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.Scan;
import dev.printshop.shared.events.ParcelId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table behind {@link DynamoDbParcels}, for tests that change what is in it.
 *
 * @param dynamoDb where the table is
 * @param name its name
 */
public record ParcelsTable(DynamoDbClient dynamoDb, String name) {

    /** Makes what is stored of a parcel, but not its scans, unreadable. */
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
