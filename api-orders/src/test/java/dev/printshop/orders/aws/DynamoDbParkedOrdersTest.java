package dev.printshop.orders.aws;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.ParkedOrder;
import dev.printshop.orders.domain.TaskToken;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DynamoDbParkedOrdersTest {

    private static final OrderId ORDER = new OrderId("019ac5f0-7b1e-7c3a-9f5e-0123456789ab");

    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("pk", "sk");
    private final DynamoDbParkedOrders parked = new DynamoDbParkedOrders(dynamoDb, "dev-orders");

    @Test
    void parkedOrder_isAnItemOfItsOwn_withTheNewestToken() {
        // when
        parked.put(new ParkedOrder(ORDER, "PAYMENT_FAILED", new TaskToken("token-1"), NOW));
        parked.put(new ParkedOrder(ORDER, "PAYMENT_FAILED", new TaskToken("token-2"), NOW.plusSeconds(1)));

        // then
        assertThat(dynamoDb.items())
                .containsExactly(Map.of(
                        "pk", Attributes.text("ORDER#" + ORDER),
                        "sk", Attributes.text("PARKED"),
                        "taskToken", Attributes.text("token-2"),
                        "reason", Attributes.text("PAYMENT_FAILED"),
                        "parkedAt", Attributes.text("2026-11-25T12:31:13.512Z")));
    }

    @Test
    void token_isHiddenInTexts() {
        assertThat(new ParkedOrder(ORDER, "PAYMENT_FAILED", new TaskToken("token-1"), NOW))
                .asString()
                .doesNotContain("token-1");
    }
}
