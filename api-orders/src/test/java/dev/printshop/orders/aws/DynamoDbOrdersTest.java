package dev.printshop.orders.aws;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.newOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.json.OrderEventJson;
import dev.printshop.orders.domain.NewOrder;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.Orders;
import dev.printshop.orders.domain.OrdersContract;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** The adapter on a table in memory, which has the limits of DynamoDB. */
class DynamoDbOrdersTest extends OrdersContract {

    private static final CustomerId ANNA = new CustomerId("anna");
    private static final String IN_30_DAYS = "1798201872";
    private static final String IN_A_DAY = "1795696272";

    private final InMemoryDynamoDb dynamoDb =
            new InMemoryDynamoDb("pk", "sk").withIndex("customer-orders", "customerId", "orderId");
    private final DynamoDbOrders orders = new DynamoDbOrders(dynamoDb, "dev-orders");

    @Test
    void newOrder_isFourItemsInOneTransaction() {
        // given
        NewOrder placed = newOrder(ANNA, "key", NOW);
        String order = "ORDER#" + placed.order().id();

        // when
        try (LogField.Scope _ = LogField.CORRELATION_ID.during("request-7")) {
            orders.place(placed);
        }

        // then
        assertThat(dynamoDb.calls("TransactWriteItems")).isEqualTo(1);
        assertThat(dynamoDb.items()).hasSize(4);
        assertThat(item(order, "PAYMENT"))
                .isEqualTo(Map.of(
                        "pk", text(order),
                        "sk", text("PAYMENT"),
                        "paymentToken", text("tok_secret-4711"),
                        "expiresAt", number(IN_30_DAYS)));
        Map<String, Object> detail = OrderEventJson.toDetail(placed.event());
        detail.put("correlationId", "request-7");
        assertThat(item(order, "EVENT#0000000001"))
                .isEqualTo(Map.of(
                        "pk", text(order),
                        "sk", text("EVENT#0000000001"),
                        "type", text("OrderPlaced"),
                        "detail", text(JsonObject.write(detail)),
                        "expiresAt", number(IN_30_DAYS)));
        String claim = "CLAIM#anna#" + placed.claim().id().hash();
        assertThat(item(claim, "CLAIM"))
                .isEqualTo(Map.of(
                        "pk", text(claim),
                        "sk", text("CLAIM"),
                        "requestFingerprint", text("fingerprint of key"),
                        "answerStatus", number("201"),
                        "answerHeaders",
                                AttributeValue.fromM(Map.of(
                                        "Location",
                                        text("orders/" + placed.order().id()))),
                        "answerBody", text(placed.claim().answer().body()),
                        "expiresAt", number(IN_A_DAY)));
    }

    @Test
    void order_isStoredWithAllItsFields() {
        // given
        NewOrder placed = newOrder(ANNA, "key", NOW);
        String order = "ORDER#" + placed.order().id();

        // when
        orders.place(placed);

        // then
        assertThat(item(order, "ORDER"))
                .containsOnlyKeys(
                        "pk",
                        "sk",
                        "orderId",
                        "customerId",
                        "status",
                        "lines",
                        "currency",
                        "netMinor",
                        "shippingMinor",
                        "vatMinor",
                        "address",
                        "placedAt",
                        "events",
                        "stockReserved",
                        "version")
                .containsEntry("version", number("1"))
                .containsEntry("placedAt", text("2026-11-25T12:31:12.512Z"));
        assertThat(Attributes.required(item(order, "ORDER"), "lines")
                        .l()
                        .getFirst()
                        .m())
                .isEqualTo(Map.of(
                        "photo", text("anna/cat.jpg"),
                        "photoVersion", text("00000000000000030000000000000000"),
                        "productId", text("print-10x15"),
                        "quantity", number("100"),
                        "unitMinor", number("15"),
                        "amountMinor", number("1500")));
    }

    @Test
    void onlyOrders_haveTheKeysOfTheIndex() {
        // when
        orders.place(newOrder(ANNA, "key", NOW));

        // then
        assertThat(dynamoDb.items())
                .filteredOn(item -> item.containsKey("customerId") || item.containsKey("orderId"))
                .extracting(item -> item.get("sk"))
                .containsExactly(text("ORDER"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConditionalCheckFailed", "TransactionConflict"})
    void conflictingTransaction_isAConcurrentChange(String code) {
        for (List<String> codes : List.of(List.of(code, "None", "None", "None"), List.of("None", "None", code))) {
            // given
            RuntimeException failure = cancelled(codes);
            dynamoDb.fail(_ -> Optional.of(failure));

            // then
            assertThatThrownBy(() -> orders.place(newOrder(ANNA, "key", NOW)))
                    .isInstanceOf(ConcurrentChangeException.class)
                    .hasMessageContaining(code)
                    .hasCause(failure);
        }
    }

    @Test
    void transactionInProgress_isAConcurrentChange() {
        // given
        dynamoDb.fail(_ -> Optional.of(TransactionInProgressException.builder().build()));

        // then
        assertThatThrownBy(() -> orders.place(newOrder(ANNA, "key", NOW)))
                .isInstanceOf(ConcurrentChangeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingError", "ProvisionedThroughputExceeded", "ValidationError"})
    void transactionCancelledForAnotherReason_isPassedOn(String code) {
        // given
        RuntimeException failure = cancelled(List.of("None", code));
        dynamoDb.fail(_ -> Optional.of(failure));

        // then
        assertThatThrownBy(() -> orders.place(newOrder(ANNA, "key", NOW))).isSameAs(failure);
    }

    @Test
    void throttle_isPassedOn() {
        // given
        RuntimeException failure =
                ProvisionedThroughputExceededException.builder().build();
        dynamoDb.fail(_ -> Optional.of(failure));

        // then
        assertThatThrownBy(() -> orders.find(OrderExamples.newId(NOW))).isSameAs(failure);
        assertThatThrownBy(() -> orders.page(ANNA, Optional.empty())).isSameAs(failure);
    }

    @Test
    void pageOfOrders_isOneCall() {
        // given
        for (int i = 0; i < 25; i++) {
            orders.place(newOrder(ANNA, "key-" + i, NOW.plusMillis(i)));
        }

        // when
        orders.page(ANNA, Optional.empty());

        // then
        assertThat(dynamoDb.calls("Query")).isEqualTo(1);
        assertThat(dynamoDb.itemsQueried()).isEqualTo(21);
    }

    @Test
    void itemWithoutAnAttribute_isReportedAsInvalid() {
        // given
        NewOrder placed = newOrder(ANNA, "key", NOW);
        dynamoDb.putItem(put -> put.tableName("dev-orders")
                .item(Map.of(
                        "pk", text("ORDER#" + placed.order().id()), "sk", text("ORDER"), "currency", text("EUR"))));

        // then
        assertThatThrownBy(() -> orders.find(placed.order().id()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("An item must have 'address'");
    }

    @Override
    protected Orders orders() {
        return orders;
    }

    @Override
    protected void putStock(String product, long available) {
        dynamoDb.putItem(put -> put.tableName("dev-orders")
                .item(Map.of(
                        "pk", text("PRODUCT#" + product),
                        "sk", text("STOCK"),
                        "available", number(String.valueOf(available)))));
    }

    @Override
    protected long available(String product) {
        return Long.parseLong(
                item("PRODUCT#" + product, "STOCK").get("available").n());
    }

    private Map<String, AttributeValue> item(String pk, String sk) {
        return dynamoDb.items().stream()
                .filter(item -> text(pk).equals(item.get("pk")) && text(sk).equals(item.get("sk")))
                .findFirst()
                .orElseThrow();
    }

    private static TransactionCanceledException cancelled(List<String> codes) {
        return TransactionCanceledException.builder()
                .cancellationReasons(codes.stream()
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .build();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(String value) {
        return AttributeValue.fromN(value);
    }
}
