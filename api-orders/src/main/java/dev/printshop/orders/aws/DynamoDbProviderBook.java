package dev.printshop.orders.aws;

import dev.printshop.orders.domain.Money;
import dev.printshop.orders.sandbox.BookEntry;
import dev.printshop.orders.sandbox.ProviderBook;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The sandbox's book in DynamoDB. Entries are the items {@code BOOK, <id>}, attempts are counted in the items {@code
 * ATTEMPTS, <id>}. One partition has all entries, so that they can be listed; it takes 1,000 writes a second, which is
 * sufficient for a sandbox.
 */
public final class DynamoDbProviderBook implements ProviderBook {

    private static final String BOOK = "BOOK";
    private static final String ATTEMPTS = "ATTEMPTS";
    private static final Duration KEPT = Duration.ofDays(30);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    public DynamoDbProviderBook(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Optional<BookEntry> find(String id) {
        return Optional.of(dynamoDb.getItem(
                                get -> get.tableName(table).key(key(BOOK, id)).consistentRead(true))
                        .item())
                .filter(item -> !item.isEmpty())
                .map(DynamoDbProviderBook::entry);
    }

    @Override
    public boolean addCharge(BookEntry charge) {
        try {
            dynamoDb.putItem(
                    put -> put.tableName(table).item(item(charge)).conditionExpression("attribute_not_exists(pk)"));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    @Override
    public boolean addRefund(BookEntry refund) {
        try {
            dynamoDb.transactWriteItems(
                    write -> write.transactItems(putNew(refund), markRefunded(refund.paymentId(), refund.id())));
            return true;
        } catch (TransactionCanceledException e) {
            boolean refunded = e.cancellationReasons().stream()
                    .map(CancellationReason::code)
                    .anyMatch("ConditionalCheckFailed"::equals);
            if (refunded) {
                return false;
            }
            throw e;
        }
    }

    private TransactWriteItem putNew(BookEntry entry) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item(entry)).conditionExpression("attribute_not_exists(pk)"))
                .build();
    }

    private TransactWriteItem markRefunded(String charge, String refund) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key(BOOK, charge))
                        .updateExpression("SET refundId = :refund")
                        .conditionExpression("attribute_exists(pk) AND attribute_not_exists(refundId)")
                        .expressionAttributeValues(Map.of(":refund", Attributes.text(refund))))
                .build();
    }

    /** The SDK repeats a call whose answer is lost, so an attempt may be counted twice. */
    @Override
    public int countAttempt(String id) {
        Map<String, AttributeValue> counted = dynamoDb.updateItem(update -> update.tableName(table)
                        .key(key(ATTEMPTS, id))
                        .updateExpression("SET expiresAt = :expiry ADD attempts :one")
                        .expressionAttributeValues(Map.of(":expiry", expiry(), ":one", Attributes.number(1)))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes();
        return (int) Attributes.requiredNumber(counted, "attempts");
    }

    /** Reads one entry more than a page has, to detect whether there are others. */
    @Override
    public Page page(Optional<String> after) {
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("pk = :book")
                .expressionAttributeValues(Map.of(":book", Attributes.text(BOOK)))
                .consistentRead(true)
                .limit(MAX_ENTRIES + 1);
        after.ifPresent(id -> query.exclusiveStartKey(key(BOOK, id)));
        List<BookEntry> found = dynamoDb.query(query.build()).items().stream()
                .map(DynamoDbProviderBook::entry)
                .toList();
        List<BookEntry> shown = found.subList(0, Math.min(found.size(), MAX_ENTRIES));
        return new Page(
                shown, found.size() > shown.size() ? Optional.of(shown.getLast().id()) : Optional.empty());
    }

    private static Map<String, AttributeValue> key(String partition, String id) {
        return Map.of("pk", Attributes.text(partition), "sk", Attributes.text(id));
    }

    private AttributeValue expiry() {
        return Attributes.number(clock.instant().plus(KEPT).getEpochSecond());
    }

    private Map<String, AttributeValue> item(BookEntry entry) {
        Map<String, AttributeValue> item = new HashMap<>(key(BOOK, entry.id()));
        item.put("idempotencyKey", Attributes.text(entry.key()));
        item.put("status", Attributes.text(entry.status().name()));
        item.put("paymentId", Attributes.text(entry.paymentId()));
        item.put("amountMinor", Attributes.number(entry.amount().minor()));
        item.put("currency", Attributes.text(entry.amount().currency().getCurrencyCode()));
        item.put("feeMinor", Attributes.number(entry.feeMinor()));
        item.put("scenario", Attributes.text(entry.scenario()));
        item.put("expiresAt", expiry());
        return item;
    }

    private static BookEntry entry(Map<String, AttributeValue> item) {
        return new BookEntry(
                Attributes.requiredText(item, "sk"),
                Attributes.requiredText(item, "idempotencyKey"),
                BookEntry.Status.valueOf(Attributes.requiredText(item, "status")),
                Attributes.requiredText(item, "paymentId"),
                Money.of(Attributes.requiredNumber(item, "amountMinor"), Attributes.requiredText(item, "currency")),
                Attributes.requiredNumber(item, "feeMinor"),
                Attributes.requiredText(item, "scenario"));
    }
}
