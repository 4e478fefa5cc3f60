package dev.printshop.orders.aws;

import dev.printshop.orders.domain.ParkedOrder;
import dev.printshop.orders.domain.ParkedOrders;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The parked orders in the orders table in DynamoDB. */
public final class DynamoDbParkedOrders implements ParkedOrders {

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbParkedOrders(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public void put(ParkedOrder order) {
        dynamoDb.putItem(put -> put.tableName(table).item(OrderItems.item(order)));
    }
}
