package dev.printshop.shared.aws;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * One table of DynamoDB in memory, with the service's limits and conditions. It counts the calls of each operation and
 * the items that queries read. Concurrent calls are serialised. An eventually consistent read of the table doesn't
 * return the last write. It throttles and fails only as a test specifies, see {@link #leaveUndone} and {@link #fail}.
 */
public final class InMemoryDynamoDb implements DynamoDbClient {

    /** The key attributes of a table or an index. */
    private record Key(String partition, String sort) {

        Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
            Map<String, AttributeValue> key = new HashMap<>();
            key.put(partition, requireNonNull(item.get(partition)));
            key.put(sort, requireNonNull(item.get(sort)));
            return Map.copyOf(key);
        }
    }

    /** Decides which items of a batch are unprocessed: by the number of the batch, from 1, and the key of the item. */
    @FunctionalInterface
    public interface Throttle {
        boolean holdsBack(int batch, Map<String, AttributeValue> key);
    }

    private static final Pattern INSERTED = Pattern.compile("'(\\w+)': \\?");

    private final Key key;
    private final Map<String, Key> indexes = new HashMap<>();
    private final Map<String, TreeMap<String, Map<String, AttributeValue>>> partitions = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final List<List<Map<String, AttributeValue>>> batches = new ArrayList<>();
    private Map<String, AttributeValue> lastWrittenKey = Map.of();
    private Optional<Map<String, AttributeValue>> beforeLastWrite = Optional.empty();
    private int itemsQueried;
    private Throttle throttle = (_, _) -> false;
    private String statementError = BatchStatementErrorCodeEnum.THROTTLING_ERROR.toString();
    private IntFunction<Optional<? extends RuntimeException>> failures = _ -> Optional.empty();

    public InMemoryDynamoDb(String partitionKey, String sortKey) {
        this.key = new Key(partitionKey, sortKey);
    }

    /** A table without a sort key. */
    public InMemoryDynamoDb(String partitionKey) {
        // With the same attribute as both, each partition has one item.
        this(partitionKey, partitionKey);
    }

    /** The table with an index of all attributes. Items that lack one of its keys are not in it. */
    public InMemoryDynamoDb withIndex(String name, String partitionKey, String sortKey) {
        indexes.put(name, new Key(partitionKey, sortKey));
        return this;
    }

    /** From now on, batches have unprocessed items, as decided by a throttle. The statements of a batch fail then. */
    public void leaveUndone(Throttle heldBack) {
        throttle = heldBack;
    }

    /** The error of throttled statements, in place of a throttling error. */
    public void failStatementsWith(String code) {
        statementError = code;
    }

    /**
     * Decides which calls fail from now on, and with which exception, by the number of the call, from 1. A failed call
     * has no effect.
     */
    public void fail(IntFunction<Optional<? extends RuntimeException>> calls) {
        failures = calls;
    }

    /** The keys of each batch of statements or of gets, in their order. */
    public List<List<Map<String, AttributeValue>>> batches() {
        return List.copyOf(batches);
    }

    /** How often an operation was called, for example {@code BatchGetItem}. */
    public int calls(String operation) {
        return calls.getOrDefault(operation, 0);
    }

    /** How many items all queries read. */
    public int itemsQueried() {
        return itemsQueried;
    }

    /** Counts from zero again. */
    public void forgetCalls() {
        calls.clear();
        batches.clear();
        itemsQueried = 0;
    }

    /** All items that the table has, in no order. */
    public List<Map<String, AttributeValue>> items() {
        return partitions.values().stream()
                .flatMap(items -> items.values().stream())
                .toList();
    }

    @Override
    public synchronized GetItemResponse getItem(GetItemRequest request) {
        count("GetItem");
        return GetItemResponse.builder()
                .item(read(request.key(), request.consistentRead()).orElse(Map.of()))
                .build();
    }

    /** The greatest number of items in an answer. Throttled items, and those that exceed it, are unprocessed. */
    @Override
    public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        count("BatchGetItem");
        Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
        Map<String, KeysAndAttributes> unprocessed = new HashMap<>();
        request.requestItems().forEach((table, wanted) -> {
            DynamoDbLimits.requireBatch(wanted.keys(), DynamoDbLimits.MAX_READ_BATCH);
            List<Map<String, AttributeValue>> left = new ArrayList<>(heldBack(wanted.keys()));
            requireProgress(wanted.keys(), left);
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            long bytes = 0;
            for (Map<String, AttributeValue> each : wanted.keys()) {
                if (left.contains(each)) {
                    continue;
                }
                Optional<Map<String, AttributeValue>> item = read(each, wanted.consistentRead());
                bytes += item.map(DynamoDbLimits::bytes).orElse(0L);
                if (bytes > DynamoDbLimits.MAX_CALL_BYTES) {
                    left.add(each);
                } else {
                    item.ifPresent(items::add);
                }
            }
            found.put(table, items);
            if (!left.isEmpty()) {
                unprocessed.put(table, wanted.toBuilder().keys(left).build());
            }
        });
        return BatchGetItemResponse.builder()
                .responses(found)
                .unprocessedKeys(unprocessed)
                .build();
    }

    private List<Map<String, AttributeValue>> heldBack(List<Map<String, AttributeValue>> keys) {
        batches.add(keys);
        return keys.stream()
                .filter(each -> throttle.holdsBack(batches.size(), each))
                .toList();
    }

    /** A call of which all items are unprocessed fails as a whole. */
    private static void requireProgress(
            List<Map<String, AttributeValue>> keys, List<Map<String, AttributeValue>> heldBack) {
        if (heldBack.size() == keys.size()) {
            throw ProvisionedThroughputExceededException.builder()
                    .message("The level of configured provisioned throughput for the table was exceeded")
                    .build();
        }
    }

    @Override
    public synchronized BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        count("BatchWriteItem");
        for (List<WriteRequest> puts : request.requestItems().values()) {
            List<Map<String, AttributeValue>> items =
                    puts.stream().map(put -> put.putRequest().item()).toList();
            DynamoDbLimits.requireBatch(items.stream().map(key::of).toList(), DynamoDbLimits.MAX_WRITE_BATCH);
            DynamoDbLimits.requireCall(
                    items.stream().mapToLong(DynamoDbLimits::bytes).sum());
            List<Map<String, AttributeValue>> stored =
                    items.stream().map(DynamoDbLimits::stored).toList();
            stored.forEach(this::keep);
        }
        return BatchWriteItemResponse.builder().build();
    }

    /** Supports INSERT statements only. */
    @Override
    public synchronized BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
        count("BatchExecuteStatement");
        List<Map<String, AttributeValue>> items =
                request.statements().stream().map(InMemoryDynamoDb::inserted).toList();
        List<Map<String, AttributeValue>> keys = items.stream().map(key::of).toList();
        DynamoDbLimits.requireBatch(keys, DynamoDbLimits.MAX_WRITE_BATCH);
        List<Map<String, AttributeValue>> heldBack = heldBack(keys);
        return BatchExecuteStatementResponse.builder()
                .responses(items.stream()
                        .map(item ->
                                heldBack.contains(key.of(item)) ? failed(statementError, "Held back") : insert(item))
                        .toList())
                .build();
    }

    private static Map<String, AttributeValue> inserted(BatchStatementRequest insertion) {
        List<String> names = INSERTED.matcher(insertion.statement())
                .results()
                .map(attribute -> attribute.group(1))
                .toList();
        Map<String, AttributeValue> item = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            item.put(names.get(i), insertion.parameters().get(i));
        }
        return item;
    }

    private BatchStatementResponse insert(Map<String, AttributeValue> item) {
        try {
            if (find(key.of(item)).isPresent()) {
                return failed(
                        BatchStatementErrorCodeEnum.DUPLICATE_ITEM.toString(), "Duplicate primary key exists in table");
            }
            keep(DynamoDbLimits.stored(item));
            return BatchStatementResponse.builder().build();
        } catch (DynamoDbException e) {
            return failed(BatchStatementErrorCodeEnum.VALIDATION_ERROR.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static BatchStatementResponse failed(String code, String message) {
        return BatchStatementResponse.builder()
                .error(error -> error.code(code).message(message))
                .build();
    }

    @Override
    public synchronized PutItemResponse putItem(PutItemRequest request) {
        count("PutItem");
        requireCondition(
                key.of(request.item()),
                "",
                request.conditionExpression(),
                request.expressionAttributeNames(),
                request.expressionAttributeValues());
        keep(DynamoDbLimits.stored(request.item()));
        return PutItemResponse.builder().build();
    }

    @Override
    public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
        count("UpdateItem");
        requireCondition(
                request.key(),
                request.updateExpression(),
                request.conditionExpression(),
                request.expressionAttributeNames(),
                request.expressionAttributeValues());
        Map<String, AttributeValue> item = updated(
                request.key(),
                request.updateExpression(),
                request.expressionAttributeNames(),
                request.expressionAttributeValues());
        keep(item);
        return UpdateItemResponse.builder()
                .attributes(request.returnValues() == ReturnValue.ALL_NEW ? item : Map.of())
                .build();
    }

    @Override
    public synchronized DeleteItemResponse deleteItem(DeleteItemRequest request) {
        count("DeleteItem");
        requireCondition(
                request.key(),
                "",
                request.conditionExpression(),
                request.expressionAttributeNames(),
                request.expressionAttributeValues());
        find(request.key())
                .ifPresent(item -> requireNonNull(partitions.get(text(item, key.partition())))
                        .remove(text(item, key.sort())));
        return DeleteItemResponse.builder().build();
    }

    /** Puts and updates. */
    @Override
    public synchronized TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        count("TransactWriteItems");
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        List<Map<String, AttributeValue>> written = new ArrayList<>();
        List<CancellationReason> reasons = new ArrayList<>();
        for (TransactWriteItem action : request.transactItems()) {
            String reason = "None";
            try {
                if (action.put() == null) {
                    keys.add(action.update().key());
                    requireCondition(
                            action.update().key(),
                            action.update().updateExpression(),
                            action.update().conditionExpression(),
                            action.update().expressionAttributeNames(),
                            action.update().expressionAttributeValues());
                    written.add(updated(
                            action.update().key(),
                            action.update().updateExpression(),
                            action.update().expressionAttributeNames(),
                            action.update().expressionAttributeValues()));
                } else {
                    keys.add(key.of(action.put().item()));
                    requireCondition(
                            key.of(action.put().item()),
                            "",
                            action.put().conditionExpression(),
                            action.put().expressionAttributeNames(),
                            action.put().expressionAttributeValues());
                    written.add(DynamoDbLimits.stored(action.put().item()));
                }
            } catch (ConditionalCheckFailedException _) {
                reason = "ConditionalCheckFailed";
            }
            reasons.add(CancellationReason.builder().code(reason).build());
        }
        DynamoDbLimits.requireBatch(keys, DynamoDbLimits.MAX_IN_A_TRANSACTION);
        if (written.size() < keys.size()) {
            throw TransactionCanceledException.builder()
                    .message("Transaction cancelled")
                    .cancellationReasons(reasons)
                    .build();
        }
        written.forEach(this::keep);
        return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public synchronized QueryResponse query(QueryRequest request) {
        count("Query");
        DynamoDbLimits.requireExpression(
                request.keyConditionExpression(),
                request.expressionAttributeNames().keySet(),
                request.expressionAttributeValues().keySet());
        Key order = request.indexName() == null ? key : requireNonNull(indexes.get(request.indexName()));
        List<Map<String, AttributeValue>> page = new ArrayList<>();
        long bytes = 0;
        for (Map<String, AttributeValue> item : matching(request, order).toList()) {
            page.add(item);
            bytes += DynamoDbLimits.bytes(item);
            if (page.size() == limit(request) || bytes > DynamoDbLimits.MAX_PAGE_BYTES) {
                itemsQueried += page.size();
                Map<String, AttributeValue> last = new HashMap<>(key.of(item));
                last.putAll(order.of(item));
                return QueryResponse.builder()
                        .items(page)
                        .lastEvaluatedKey(last)
                        .build();
            }
        }
        itemsQueried += page.size();
        return QueryResponse.builder().items(page).build();
    }

    private static int limit(QueryRequest request) {
        return request.limit() == null ? Integer.MAX_VALUE : request.limit();
    }

    private Stream<Map<String, AttributeValue>> matching(QueryRequest request, Key order) {
        Comparator<Map<String, AttributeValue>> bySortKey = Comparator.comparing(
                        (Map<String, AttributeValue> item) -> text(item, order.sort()), DynamoDbExpression::compare)
                .thenComparing(item -> text(item, key.partition()))
                .thenComparing(item -> text(item, key.sort()));
        Comparator<Map<String, AttributeValue>> direction =
                Boolean.FALSE.equals(request.scanIndexForward()) ? bySortKey.reversed() : bySortKey;
        Predicate<Map<String, AttributeValue>> after =
                request.exclusiveStartKey().isEmpty()
                        ? _ -> true
                        : item -> direction.compare(item, request.exclusiveStartKey()) > 0;
        Stream<Map<String, AttributeValue>> read = request.indexName() == null
                ? items().stream().flatMap(item -> read(key.of(item), request.consistentRead()).stream())
                : items().stream();
        return read.filter(item -> item.containsKey(order.partition()) && item.containsKey(order.sort()))
                .filter(item -> new DynamoDbExpression(
                                request.keyConditionExpression(),
                                request.expressionAttributeNames(),
                                request.expressionAttributeValues())
                        .holdsFor(item))
                .sorted(direction)
                .filter(after);
    }

    private void requireCondition(
            Map<String, AttributeValue> itemKey,
            String update,
            @Nullable String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        DynamoDbLimits.requireKey(itemKey, key.partition(), key.sort());
        DynamoDbLimits.requireExpression(
                condition == null ? update : update + " " + condition, names.keySet(), values.keySet());
        if (condition != null
                && !new DynamoDbExpression(condition, names, values)
                        .holdsFor(find(itemKey).orElse(Map.of()))) {
            throw ConditionalCheckFailedException.builder()
                    .message("The conditional request failed")
                    .build();
        }
    }

    private Map<String, AttributeValue> updated(
            Map<String, AttributeValue> itemKey,
            String update,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        return DynamoDbLimits.stored(new DynamoDbExpression(update, names, values)
                .appliedTo(find(itemKey).orElse(itemKey)));
    }

    private Optional<Map<String, AttributeValue>> find(Map<String, AttributeValue> itemKey) {
        DynamoDbLimits.requireKey(itemKey, key.partition(), key.sort());
        return Optional.ofNullable(partitions.get(text(itemKey, key.partition())))
                .map(items -> items.get(text(itemKey, key.sort())));
    }

    private Optional<Map<String, AttributeValue>> read(
            Map<String, AttributeValue> itemKey, @Nullable Boolean consistentRead) {
        return !Boolean.TRUE.equals(consistentRead) && itemKey.equals(lastWrittenKey) ? beforeLastWrite : find(itemKey);
    }

    private void keep(Map<String, AttributeValue> item) {
        lastWrittenKey = key.of(item);
        beforeLastWrite = find(lastWrittenKey);
        partitions
                .computeIfAbsent(text(item, key.partition()), _ -> new TreeMap<>(DynamoDbExpression::compare))
                .put(text(item, key.sort()), item);
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return requireNonNull(item.get(attribute), attribute).s();
    }

    private void count(String operation) {
        calls.merge(operation, 1, Integer::sum);
        failures.apply(calls.values().stream().mapToInt(each -> each).sum()).ifPresent(failure -> {
            throw failure;
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
