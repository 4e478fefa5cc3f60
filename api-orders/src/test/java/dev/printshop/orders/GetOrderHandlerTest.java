package dev.printshop.orders;

import static dev.printshop.orders.SampleEvents.CUSTOMER;
import static dev.printshop.orders.domain.InMemoryOrders.Fate.FAILS_BEFORE;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetOrderHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final FakeContext context = new FakeContext();
    private final GetOrderHandler handler =
            new GetOrderHandler(orders, new AllowedOrigin(Optional.of("https://www.example.com")));
    private final NewOrder placed = OrderExamples.newOrder(CUSTOMER, "key", OrderExamples.NOW);

    @BeforeEach
    void haveAnOrder() {
        orders.place(placed);
    }

    @Test
    void ownOrder_isShownWithoutItsPaymentToken() {
        // when
        APIGatewayProxyResponseEvent response =
                get(CUSTOMER, placed.order().id().value());

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeaders())
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Access-Control-Allow-Origin", "https://www.example.com");
        assertThat(response.getBody()).isEqualTo("""
                {"orderId":"%s","status":"PLACED","placedAt":"2026-11-25T12:31:12.512Z",\
                "items":[{"photoId":"cat.jpg","productId":"print-10x15","quantity":100,"unitMinor":15,\
                "amountMinor":1500},{"photoId":"Ferien am Meer (3).JPG","productId":"poster-30x45","quantity":1,\
                "unitMinor":990,"amountMinor":990}],"currency":"EUR","netMinor":2490,"shippingMinor":450,\
                "vatMinor":559,"totalMinor":3499,"shippingAddress":{"name":"Anna Müller",\
                "street":"Lindenstraße 5","postalCode":"10969","city":"Berlin","country":"DE"},\
                "parcelId":null}\
                """.formatted(placed.order().id()));
    }

    @Test
    void orderOfAnotherCustomer_isAnsweredLikeAnUnknownOne() {
        // given
        String id = placed.order().id().value();

        // when
        APIGatewayProxyResponseEvent foreign = get(new CustomerId("ben"), id);
        APIGatewayProxyResponseEvent unknown = get(new CustomerId("ben"), id.replaceAll(".$", "0"));

        // then
        assertProblem(foreign, 404, "There is no order '%s'".formatted(id));
        assertThat(JsonObject.parse(foreign.getBody()).text("detail").replace(id, ""))
                .isEqualTo(JsonObject.parse(unknown.getBody()).text("detail").replace(id.replaceAll(".$", "0"), ""));
        assertThat(unknown.getStatusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "order-1", "019abf3c-5d00-4c3e-8a51-0123456789ab", "019ABF3C-5D00-7C3E-8A51-0123456789AB"})
    void malformedId_isABadRequest(String id) {
        assertProblem(get(CUSTOMER, id), 400, "orderId must be a UUID of version 7");
    }

    @Test
    void failingTable_isAnInternalErrorWithTheOrderInTheLog() {
        // given
        orders.nextReads(FAILS_BEFORE);

        // when
        APIGatewayProxyResponseEvent response =
                get(CUSTOMER, placed.order().id().value());

        // then
        assertProblem(response, 500, "The service failed");
        assertThat(response.getBody()).doesNotContain("secret-table");
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("ERROR The request failed {"))
                .singleElement()
                .asString()
                .contains("order=" + placed.order().id());
    }

    @Test
    void requestWithoutAuthorizer_isAnError() {
        // given
        APIGatewayProxyRequestEvent request = SampleEvents.request("get-order.json");
        request.getRequestContext().setAuthorizer(null);

        // then
        assertProblem(handler.handleRequest(request, context), 500, "The service failed");
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(GetOrderHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
    }

    private APIGatewayProxyResponseEvent get(CustomerId customer, String id) {
        APIGatewayProxyRequestEvent request = SampleEvents.request("get-order.json");
        return handler.handleRequest(
                SampleEvents.of(customer, request.withPathParameters(Map.of("orderId", id))), context);
    }

    private static void assertProblem(APIGatewayProxyResponseEvent response, int status, String detail) {
        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(JsonObject.parse(response.getBody()).text("detail")).startsWith(detail);
    }
}
