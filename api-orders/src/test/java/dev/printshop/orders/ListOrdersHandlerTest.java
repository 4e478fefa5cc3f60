package dev.printshop.orders;

import static dev.printshop.orders.SampleEvents.CUSTOMER;
import static dev.printshop.orders.domain.OrderExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.events.orders.CustomerId;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.orders.domain.NewOrder;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListOrdersHandlerTest {

    private static final CustomerId BEN = new CustomerId("ben");

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final FakeContext context = new FakeContext();
    private final ListOrdersHandler handler =
            new ListOrdersHandler(orders, new AllowedOrigin(Optional.of("https://www.example.com")));
    private final List<String> newestFirst = new ArrayList<>();

    @BeforeEach
    void haveOrders() {
        for (int i = 0; i < 45; i++) {
            NewOrder placed = OrderExamples.newOrder(CUSTOMER, "key-" + i, NOW.plusMillis(i));
            orders.place(placed);
            newestFirst.addFirst(placed.order().id().value());
        }
        for (int i = 0; i < 30; i++) {
            orders.place(OrderExamples.newOrder(BEN, "key-" + i, NOW.plusMillis(i)));
        }
    }

    @Test
    void ownOrders_areListedInPages_newestFirst() {
        // when
        JsonObject newest = page(Map.of());
        JsonObject older = page(Map.of("cursor", newest.text("nextCursor")));
        JsonObject oldest = page(Map.of("cursor", older.text("nextCursor")));

        // then
        assertThat(Stream.of(newest, older, oldest)
                        .flatMap(page -> page.objects("items").stream())
                        .map(order -> order.text("orderId")))
                .containsExactlyElementsOf(newestFirst);
        assertThat(newest.objects("items")).hasSize(20);
        assertThat(newest.objects("items").getFirst().text("status")).isEqualTo("PLACED");
        assertThat(oldest.has("nextCursor")).isFalse();
    }

    @Test
    void cursorOfAnotherCustomer_isABadRequest() {
        // given
        String bens = JsonObject.parse(list(BEN, Map.of()).getBody()).text("nextCursor");

        // then
        assertThat(list(BEN, Map.of("cursor", bens)).getStatusCode()).isEqualTo(200);
        assertThat(list(CUSTOMER, Map.of("cursor", bens)).getStatusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "%%%",
                "YQ",
                "YmVu",
                "N2QxYzBmNGUjMDE5YWJmM2MtNWQwMC03YzNlLThhNTEtMDEyMzQ1Njc4OWFi",
                "null"
            })
    void cursorOfNoAnswer_isABadRequest(String cursor) {
        assertBadCursor(cursor);
    }

    @Test
    void cursorThatIsChanged_isABadRequest() {
        String cursor = page(Map.of()).text("nextCursor");

        assertBadCursor(cursor + "=");
        assertBadCursor(cursor + "A");
        assertBadCursor(cursor.substring(1));
        assertBadCursor("A".repeat(201));
    }

    @Test
    void listing_isLoggedWithItsSize() {
        // when
        list(CUSTOMER, Map.of());

        // then
        assertThat(log.debugLines())
                .singleElement()
                .asString()
                .startsWith("DEBUG Orders listed {")
                .contains("orders=20");
    }

    @Test
    void answer_isForTheAllowedOriginAndNotCached() {
        assertThat(list(CUSTOMER, Map.of()).getHeaders())
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Access-Control-Allow-Origin", "https://www.example.com");
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(ListOrdersHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
    }

    private void assertBadCursor(String cursor) {
        APIGatewayProxyResponseEvent response = list(CUSTOMER, Map.of("cursor", cursor));

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(JsonObject.parse(response.getBody()).text("detail"))
                .isEqualTo("cursor must be the nextCursor of an earlier answer");
    }

    private JsonObject page(Map<String, String> query) {
        return JsonObject.parse(list(CUSTOMER, query).getBody());
    }

    private APIGatewayProxyResponseEvent list(CustomerId customer, Map<String, String> query) {
        APIGatewayProxyRequestEvent request = SampleEvents.request("list-orders.json");
        return handler.handleRequest(SampleEvents.of(customer, request.withQueryStringParameters(query)), context);
    }
}
