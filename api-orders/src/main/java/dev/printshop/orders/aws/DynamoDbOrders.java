package dev.printshop.orders.aws;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.Claim;
import dev.printshop.orders.domain.ClaimId;
import dev.printshop.orders.domain.NewOrder;
import dev.printshop.orders.domain.Order;
import dev.printshop.orders.domain.OrderChange;
import dev.printshop.orders.domain.OrderChange.StockMovement;
import dev.printshop.orders.domain.OrderLine;
import dev.printshop.orders.domain.OrderPage;
import dev.printshop.orders.domain.Orders;
import dev.printshop.orders.domain.OutOfStockException;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    /** Cancellation reasons of a transaction that indicate a concurrent request. */
    private static final Set<String> CONCURRENT_CHANGE = Set.of(CONDITION_FAILED, "TransactionConflict");

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
            throw refusal(e);
        } catch (TransactionInProgressException e) {
            throw new ConcurrentChangeException("The transaction is still in progress", e);
        }
    }

    private static RuntimeException refusal(TransactionCanceledException e) {
        List<String> reasons = reasons(e);
        return reasons.stream().anyMatch(CONCURRENT_CHANGE::contains)
                ? new ConcurrentChangeException("Others write at the same time: " + reasons, e)
                : e;
    }

    private static List<String> reasons(TransactionCanceledException e) {
        return e.cancellationReasons().stream().map(CancellationReason::code).toList();
    }

    @Override
    public void store(OrderChange change) {
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(replace(change.order()));
        change.event().ifPresent(event -> items.add(putNew(OrderItems.eventItem(event))));
        int first = items.size();
        quantities(change.order())
                .forEach((product, quantity) ->
                        move(change.stock(), product, quantity).ifPresent(items::add));
        try {
            dynamoDb.transactWriteItems(write -> write.transactItems(items));
        } catch (TransactionCanceledException e) {
            List<String> reasons = reasons(e);
            // The order's own condition comes first: a change that was stored already may have emptied the stock.
            if (change.stock() == StockMovement.TAKE
                    && reasons.subList(0, first).stream().noneMatch(CONCURRENT_CHANGE::contains)
                    && reasons.subList(first, reasons.size()).contains(CONDITION_FAILED)) {
                throw new OutOfStockException(change.order().id());
            }
            throw refusal(e);
        } catch (TransactionInProgressException e) {
            throw new ConcurrentChangeException("The transaction is still in progress", e);
        }
    }

    private TransactWriteItem replace(Order order) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(OrderItems.item(order))
                        .conditionExpression("version = :before")
                        .expressionAttributeValues(Map.of(":before", Attributes.number(order.version() - 1))))
                .build();
    }

    /** What an order needs of each product: a transaction can't write an item twice. */
    private static Map<String, Long> quantities(Order order) {
        return order.lines().stream()
                .collect(Collectors.groupingBy(
                        line -> line.print().productId(), TreeMap::new, Collectors.summingLong(OrderLine::quantity)));
    }

    private Optional<TransactWriteItem> move(StockMovement movement, String product, long quantity) {
        return switch (movement) {
            case NONE -> Optional.empty();
            case TAKE -> Optional.of(add(product, -quantity, quantity));
            case PUT_BACK -> Optional.of(add(product, quantity, 0));
        };
    }

    private TransactWriteItem add(String product, long change, long atLeast) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(OrderItems.stockKey(product))
                        .updateExpression("ADD available :change")
                        .conditionExpression("available >= :atLeast")
                        .expressionAttributeValues(Map.of(
                                ":change", Attributes.number(change),
                                ":atLeast", Attributes.number(atLeast))))
                .build();
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
