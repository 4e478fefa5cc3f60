package dev.printshop.orders;

import static dev.printshop.orders.SampleEvents.CUSTOMER;
import static dev.printshop.orders.SampleEvents.fields;
import static dev.printshop.orders.domain.InMemoryOrders.Fate.CONFLICTS;
import static dev.printshop.orders.domain.InMemoryOrders.Fate.FAILS_AFTER;
import static dev.printshop.orders.domain.InMemoryOrders.Fate.FAILS_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.orders.domain.InMemoryPrintablePhotos;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.OrderPlacer;
import dev.printshop.orders.domain.PrintablePhoto;
import dev.printshop.orders.domain.PrintablePhoto.State;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceOrderHandlerTest {

    private static final OrderId ID = new OrderId("019abf3c-5d00-7c3e-8a51-0123456789ab");
    private static final String[] PRIVATE = {
        "tok_secret-4711", "Anna", "Müller", "Lindenstraße", "10969", "Berlin", "8e03978e"
    };
    private static final String BODY = """
            {"items": [{"photoId": "cat.jpg", "productId": "print-10x15", "quantity": 100}],
             "shippingAddress": {"name": "Anna Müller", "street": "Lindenstraße 5", "postalCode": "10969",
                                 "city": "Berlin", "country": "DE"},
             "paymentToken": "tok_secret-4711"}
            """;

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryPrintablePhotos photos = new InMemoryPrintablePhotos();
    private final FakeContext context = new FakeContext();
    private final PlaceOrderHandler handler = new PlaceOrderHandler(
            new OrderPlacer(orders, photos, _ -> ID, () -> OrderExamples.NOW, _ -> {}),
            new AllowedOrigin(Optional.of("https://www.example.com")));

    @BeforeEach
    void haveAPhoto() {
        photos.store(
                new PrintablePhoto(new PhotoId(CUSTOMER.value(), "cat.jpg"), OrderExamples.version(1), State.READY));
    }

    @Test
    void order_isCreatedAndShownWithItsLocation() {
        // when
        APIGatewayProxyResponseEvent response = place(BODY);

        // then
        assertThat(response.getStatusCode()).isEqualTo(201);
        assertThat(response.getHeaders())
                .isEqualTo(Map.of(
                        "Content-Type", "application/json",
                        "Cache-Control", "no-store",
                        "Location", "orders/" + ID,
                        "Access-Control-Allow-Origin", "https://www.example.com",
                        "Vary", "Origin"));
        assertThat(response.getBody()).isEqualTo("""
                {"orderId":"019abf3c-5d00-7c3e-8a51-0123456789ab","status":"PLACED",\
                "placedAt":"2026-11-25T12:31:12.512Z",\
                "items":[{"photoId":"cat.jpg","productId":"print-10x15","quantity":100,"unitMinor":15,\
                "amountMinor":1500}],"currency":"EUR","netMinor":1500,"shippingMinor":190,"vatMinor":321,\
                "totalMinor":2011,"shippingAddress":{"name":"Anna Müller","street":"Lindenstraße 5",\
                "postalCode":"10969","city":"Berlin","country":"DE"},"parcelId":null}""");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/v1/orders, https://api.example.com/v1/orders/",
        "https://shop.example.com/orders, https://shop.example.com/orders/"
    })
    void location_isRightBelowAnyStageAndDomain(URI request, String expected) {
        String location = place(BODY).getHeaders().get("Location");

        assertThat(request.resolve(location)).hasToString(expected + ID);
    }

    @Test
    void order_isLoggedAndCountedOnce_withoutPersonalData() {
        // when
        place(BODY);
        place(BODY);

        // then
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().getFirst())
                .startsWith("INFO Order placed {")
                .contains("order=" + ID, "items=1", "total_minor=2011");
        assertThat(log.lines().getLast()).startsWith("INFO Order request repeated {");
        assertThat(log.lines()).allSatisfy(line -> assertThat(line).doesNotContain(PRIVATE));
        assertThat(log.debugLines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).doesNotContain(PRIVATE).contains("items=1, country=DE"));
        assertThat(log.metricLines()).containsExactly("OrdersPlaced{Service=test} 1.0");
    }

    @Test
    void repeatedRequest_getsTheSameAnswer_howeverItIsWritten() {
        // given
        APIGatewayProxyResponseEvent first = place(BODY);
        photos.failFor(_ -> true);

        // when: other spaces, another order of fields, a field that is ignored, and a bare key
        APIGatewayProxyResponseEvent second = place("""
                {"paymentToken":"tok_secret-4711","addedLater":7,"shippingAddress":{"country":"DE","city":"Berlin",
                "postalCode":"10969","street":"Lindenstra\\u00dfe 5","name":"Anna Müller"},
                "items":[{"quantity":1e2,"productId":"print-10x15","photoId":"cat.jpg"}]}
                """, "8e03978e-40d5-43dd-bc93-6894a57f9324");

        // then
        assertThat(second).isEqualTo(first);
        assertThat(orders.stored()).hasSize(1);
    }

    @Test
    void otherRequestWithTheSameKey_isUnprocessable() {
        // given
        place(BODY);

        // then
        assertProblem(place(BODY.replace("100", "99")), 422, "The Idempotency-Key was used for another request");
    }

    @Test
    void sameKeyOfAnotherCustomer_isAnotherRequest() {
        // given
        place(BODY);

        // when
        APIGatewayProxyResponseEvent response =
                handler.handleRequest(SampleEvents.of(new CustomerId("ben"), request(BODY)), context);

        // then
        assertProblem(response, 422, "The order can't be fulfilled");
        assertThat(fields(response)).containsExactly("items[0].photoId");
    }

    @Test
    void missingKey_isABadRequestThatNamesTheHeader() {
        // given
        APIGatewayProxyRequestEvent request = request(BODY);
        request.getHeaders().remove("Idempotency-Key");

        // when
        APIGatewayProxyResponseEvent response = handler.handleRequest(request, context);

        // then
        assertProblem(response, 400, "The header Idempotency-Key is missing");
        assertThat(fields(response)).containsExactly("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "two words", "\"\""})
    void wrongKey_isABadRequestThatNamesTheHeader(String key) {
        assertThat(fields(place(BODY, key))).containsExactly("Idempotency-Key");
    }

    @Test
    void malformedRequest_namesAllWrongFields_andLeavesTheKeyFree() {
        // when
        APIGatewayProxyResponseEvent response = place("""
                {"items": [
                   {"photoId": "a/b", "productId": "PRINT", "quantity": 0},
                   {"photoId": "cat.jpg", "productId": "print-10x15", "quantity": 1},
                   {"photoId": "cat.jpg", "productId": "print-10x15", "quantity": 2},
                   {"quantity": "secret"}],
                 "shippingAddress": {"name": "", "street": "a\\nb", "postalCode": 10969, "country": "Germany"},
                 "paymentToken": "tok secret"}
                """);

        // then
        assertProblem(response, 400, "Fields of the body are missing or wrong");
        assertThat(fields(response))
                .containsExactly(
                        "items[0].photoId",
                        "items[0].productId",
                        "items[0].quantity",
                        "items[2]",
                        "items[3].photoId",
                        "items[3].productId",
                        "items[3].quantity",
                        "shippingAddress.name",
                        "shippingAddress.street",
                        "shippingAddress.postalCode",
                        "shippingAddress.city",
                        "shippingAddress.country",
                        "paymentToken");
        assertThat(response.getBody()).doesNotContain("a/b", "PRINT", "secret");
        assertThat(place(BODY).getStatusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"items\": [], \"shippingAddress\": 7, \"paymentToken\": null}",
                "{\"items\": [7], \"shippingAddress\": [], \"paymentToken\": true}"
            })
    void missingParts_areNamed(String body) {
        APIGatewayProxyResponseEvent response = place(body);

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(fields(response)).containsExactly("items", "shippingAddress", "paymentToken");
    }

    @Test
    void tokenThatIsANumber_isNotRepeated() {
        // when
        APIGatewayProxyResponseEvent response = place(BODY.replace("\"tok_secret-4711\"", "4111111111111111"));

        // then
        assertThat(fields(response)).containsExactly("paymentToken");
        assertThat(response.getBody()).doesNotContain("4111111111111111");
    }

    @Test
    void tooManyItems_areABadRequest() {
        String item = "{\"photoId\": \"cat.jpg\", \"productId\": \"print-10x15\", \"quantity\": 1}";

        APIGatewayProxyResponseEvent response =
                place(BODY.replaceFirst("\\[\\{.*}]", "[" + String.join(",", Collections.nCopies(21, item)) + "]"));

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(fields(response)).containsExactly("items");
    }

    @Test
    void unknownProductAndCountryOutside_areUnprocessable_andNamed() {
        // when
        APIGatewayProxyResponseEvent response =
                place(BODY.replace("print-10x15", "print-10x16").replace("\"DE\"", "\"CH\""));

        // then
        assertProblem(response, 422, "The order can't be fulfilled");
        assertThat(fields(response)).containsExactly("items[0].productId", "shippingAddress.country");
        assertThat(place(BODY).getStatusCode()).isEqualTo(201);
    }

    @Test
    void bodyThatIsTooLong_isRefused() {
        assertProblem(place(BODY + " ".repeat(16 * 1024)), 413, "The body must be at most 16384 bytes");
    }

    @Test
    void conflictThatGoesOn_isToldWithWhenToRetry() {
        // given
        orders.nextPlaces(Collections.nCopies(8, CONFLICTS).toArray(InMemoryOrders.Fate[]::new));

        // when
        APIGatewayProxyResponseEvent response = place(BODY);

        // then
        assertProblem(response, 409, "Other requests with this Idempotency-Key are in progress");
        assertThat(response.getHeaders()).containsEntry("Retry-After", "1");
        assertThat(orders.stored()).isEmpty();
    }

    @Test
    void failingTable_isAnInternalErrorWithDetailsOnlyInTheLog() {
        // given
        orders.nextPlaces(FAILS_BEFORE);

        // when
        APIGatewayProxyResponseEvent response = place(BODY);

        // then
        assertProblem(response, 500, "The service failed");
        assertThat(response.getBody()).doesNotContain("secret-table");
        assertThat(response.getHeaders()).containsKey("Access-Control-Allow-Origin");
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("ERROR The request failed {")
                        .contains("secret-table")
                        .doesNotContain(PRIVATE));
        assertThat(place(BODY).getStatusCode()).isEqualTo(201);
    }

    @Test
    void orderWhoseAnswerWasLost_isNotPlacedAgain() {
        // given
        orders.nextPlaces(FAILS_AFTER);
        assertThat(place(BODY).getStatusCode()).isEqualTo(500);

        // then
        assertThat(place(BODY).getStatusCode()).isEqualTo(201);
        assertThat(orders.stored()).hasSize(1);
    }

    @Test
    void requestWithoutAuthorizer_isAnError() {
        // given
        APIGatewayProxyRequestEvent request = request(BODY);
        request.getRequestContext().setAuthorizer(null);

        // then
        assertProblem(handler.handleRequest(request, context), 500, "The service failed");
        assertThat(log.lines()).singleElement().asString().contains("no customerId of the authorizer");
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(PlaceOrderHandler::new)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ORDERS_TABLE is not set");
    }

    private APIGatewayProxyResponseEvent place(String body) {
        return handler.handleRequest(request(body), context);
    }

    private APIGatewayProxyResponseEvent place(String body, String key) {
        APIGatewayProxyRequestEvent request = request(body);
        request.getHeaders().put("Idempotency-Key", key);
        return handler.handleRequest(request, context);
    }

    private static APIGatewayProxyRequestEvent request(String body) {
        APIGatewayProxyRequestEvent request = SampleEvents.request("place-order.json");
        return request.withHeaders(new HashMap<>(request.getHeaders())).withBody(body);
    }

    private static void assertProblem(APIGatewayProxyResponseEvent response, int status, String detail) {
        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(response.getHeaders()).containsEntry("Content-Type", "application/problem+json");
        assertThat(JsonObject.parse(response.getBody()).text("detail")).startsWith(detail);
    }
}
