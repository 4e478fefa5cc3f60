package dev.printshop.parcels.aws;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * One table of DynamoDB in memory, which counts its calls. It knows what {@link DynamoDbParcels} asks when scans come
 * in. Conditions are not looked at, for it has one user only.
 */
public final class InMemoryDynamoDb implements DynamoDbClient {

    private static final Pattern ATTRIBUTE = Pattern.compile("'(\\w+)': \\?");
    private static final Pattern SET = Pattern.compile("#(\\w+) = (:\\w+)");
    private static final Pattern REMOVE = Pattern.compile(" REMOVE (.+)");
    private static final Pattern ADD = Pattern.compile("ADD (\\w+) (:\\w+)");

    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();

    /** How often an operation was called, for example {@code BatchGetItem}. */
    public int calls(String operation) {
        return calls.getOrDefault(operation, 0);
    }

    /** Counts from zero again. */
    public void forgetCalls() {
        calls.clear();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        count("BatchGetItem");
        Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
        request.requestItems()
                .forEach((table, wanted) -> found.put(
                        table,
                        wanted.keys().stream()
                                .flatMap(key -> Optional.ofNullable(items.get(key)).stream())
                                .toList()));
        return BatchGetItemResponse.builder().responses(found).build();
    }

    /** Knows INSERT statements only. */
    @Override
    public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
        count("BatchExecuteStatement");
        return BatchExecuteStatementResponse.builder()
                .responses(request.statements().stream().map(this::insert).toList())
                .build();
    }

    private BatchStatementResponse insert(BatchStatementRequest insertion) {
        List<String> names = ATTRIBUTE
                .matcher(insertion.statement())
                .results()
                .map(attribute -> attribute.group(1))
                .toList();
        Map<String, AttributeValue> item = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            item.put(names.get(i), insertion.parameters().get(i));
        }
        Map<String, AttributeValue> key =
                Map.of("parcelId", ParcelItems.required(item, "parcelId"), "item", ParcelItems.required(item, "item"));
        return items.putIfAbsent(key, item) == null
                ? BatchStatementResponse.builder().build()
                : BatchStatementResponse.builder()
                        .error(error -> error.code(BatchStatementErrorCodeEnum.DUPLICATE_ITEM))
                        .build();
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        count("UpdateItem");
        Map<String, AttributeValue> item = items.computeIfAbsent(request.key(), key -> new HashMap<>(key));
        String expression = request.updateExpression();
        Map<String, AttributeValue> values = request.expressionAttributeValues();
        SET.matcher(expression)
                .results()
                .forEach(set -> item.put(set.group(1), requireNonNull(values.get(set.group(2)))));
        Matcher remove = REMOVE.matcher(expression);
        if (remove.find()) {
            Stream.of(remove.group(1).split(", ")).forEach(name -> item.remove(name.substring(1)));
        }
        ADD.matcher(expression)
                .results()
                .forEach(add ->
                        item.merge(add.group(1), requireNonNull(values.get(add.group(2))), InMemoryDynamoDb::union));
        return UpdateItemResponse.builder().build();
    }

    private static AttributeValue union(AttributeValue known, AttributeValue added) {
        TreeSet<String> all = new TreeSet<>(known.ss());
        all.addAll(added.ss());
        return AttributeValue.fromSs(List.copyOf(all));
    }

    private void count(String operation) {
        calls.merge(operation, 1, Integer::sum);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
