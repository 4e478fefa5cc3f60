package dev.printshop.orders.aws;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.Claim;
import dev.printshop.orders.domain.ClaimId;
import dev.printshop.orders.domain.NewOrder;
import dev.printshop.orders.domain.Order;
import dev.printshop.orders.domain.OrderPage;
import dev.printshop.orders.domain.Orders;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * The orders table in DynamoDB. {@link OrderItems} describes its items.
 *
 * <p>A lost answer of a transaction has no effect. The SDK repeats it with the same client token, for which DynamoDB
 * returns the first outcome. If the function ends in between, the client's next request finds the claim.
 */
public final class DynamoDbOrders implements Orders {

    /** Cancellation reasons of a transaction that indicate a concurrent request. */
    private static final Set<String> CONCURRENT_CHANGE = Set.of("ConditionalCheckFailed", "TransactionConflict");

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbOrders(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Optional<Claim> findClaim(ClaimId id) {
        return read(OrderItems.claimKey(id)).map(item -> OrderItems.claim(id, item));
    }

    @Override
    public Optional<Order> find(OrderId id) {
        return read(OrderItems.orderKey(id)).map(OrderItems::order);
    }

    private Optional<Map<String, AttributeValue>> read(Map<String, AttributeValue> key) {
        return Optional.of(dynamoDb.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                        .item())
                .filter(item -> !item.isEmpty());
    }

    @Override
    public void place(NewOrder order) {
        try {
            dynamoDb.transactWriteItems(write -> write.transactItems(
                    putClaim(order),
                    putNew(OrderItems.item(order.order())),
                    putNew(OrderItems.paymentItem(order.order(), order.paymentToken())),
                    putNew(OrderItems.eventItem(order.event()))));
        } catch (TransactionCanceledException e) {
            List<String> reasons = e.cancellationReasons().stream()
                    .map(CancellationReason::code)
                    .toList();
            if (reasons.stream().anyMatch(CONCURRENT_CHANGE::contains)) {
                throw new ConcurrentChangeException("Others use the key at the same time: " + reasons, e);
            }
            throw e;
        } catch (TransactionInProgressException e) {
            throw new ConcurrentChangeException("The transaction is still in progress", e);
        }
    }

    /** The table's TTL deletes expired claims late, so the condition compares the time. */
    private TransactWriteItem putClaim(NewOrder order) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(OrderItems.item(order.claim()))
                        .conditionExpression("attribute_not_exists(pk) OR expiresAt <= :now")
                        .expressionAttributeValues(
                                Map.of(":now", OrderItems.seconds(order.order().placedAt()))))
                .build();
    }

    private TransactWriteItem putNew(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(pk)"))
                .build();
    }

    /** Reads one order more than a page has, to detect whether there are older ones. They all fit into one answer. */
    @Override
    public OrderPage page(CustomerId customer, Optional<OrderId> after) {
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .indexName(OrderItems.CUSTOMER_INDEX)
                .keyConditionExpression("customerId = :customer")
                .expressionAttributeValues(Map.of(":customer", Attributes.text(customer.value())))
                .scanIndexForward(false)
                .limit(OrderPage.MAX_ORDERS + 1);
        after.ifPresent(id -> query.exclusiveStartKey(OrderItems.indexKey(customer, id)));
        List<Order> found = dynamoDb.query(query.build()).items().stream()
                .map(OrderItems::order)
                .toList();
        List<Order> shown = found.subList(0, Math.min(found.size(), OrderPage.MAX_ORDERS));
        return new OrderPage(
                shown, found.size() > shown.size() ? Optional.of(shown.getLast().id()) : Optional.empty());
    }
}
