package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.TrackedParcel;
import dev.printshop.parcels.domain.TrackedParcels;
import dev.printshop.shared.events.ParcelId;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** TEMPORARY, not committed. */
public final class DynamoDbParcels implements TrackedParcels {
    private final DynamoDbClient db;
    private final String table;

    public DynamoDbParcels(DynamoDbClient db, String table) {
        this.db = db;
        this.table = table;
    }

    @Override
    public Optional<TrackedParcel> track(ParcelId id) {
        var r = db.query(q -> q.tableName(table)
                .keyConditionExpression("parcelId = :p")
                .expressionAttributeValues(java.util.Map.of(
                        ":p", software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(id.value()))));
        return r.items().isEmpty()
                ? Optional.empty()
                : Optional.of(new TrackedParcel(Parcel.unknown(id), java.util.List.of()));
    }
}
