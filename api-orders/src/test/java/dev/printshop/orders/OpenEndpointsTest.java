package dev.printshop.orders;

import static dev.printshop.orders.domain.InMemoryOrders.Fate.FAILS_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.orders.domain.InMemoryOrders;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The endpoints without a caller. */
class OpenEndpointsTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final FakeContext context = new FakeContext();
    private final AllowedOrigin origin = new AllowedOrigin(Optional.of("https://www.example.com"));

    @Test
    void catalogue_hasAllProductsWithTheirPrices() {
        // when
        APIGatewayProxyResponseEvent response =
                new ListProductsHandler(origin).handleRequest(SampleEvents.request("list-products.json"), context);

        // then
        List<JsonObject> products = JsonObject.parse(response.getBody()).objects("items");
        assertThat(products).hasSize(8);
        assertThat(response.getBody()).startsWith("""
                {"items":[{"productId":"print-10x15","name":"Print 10 x 15 cm","currency":"EUR","netMinor":15},""");
        assertThat(response.getHeaders()).containsEntry("Access-Control-Allow-Origin", "https://www.example.com");
        assertThat(log.debugLines())
                .singleElement()
                .asString()
                .startsWith("DEBUG Products listed {")
                .contains("products=8");
    }

    @Test
    void readableTable_isHealthy() {
        // when
        APIGatewayProxyResponseEvent response = health();

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getBody()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(response.getHeaders()).containsEntry("Access-Control-Allow-Origin", "https://www.example.com");
    }

    @Test
    void tableThatIsOutOfReach_isUnavailable_withTheReasonOnlyInTheLog() {
        // given
        orders.nextReads(FAILS_BEFORE);

        // when
        APIGatewayProxyResponseEvent response = health();

        // then
        assertThat(response.getStatusCode()).isEqualTo(503);
        assertThat(response.getHeaders()).containsEntry("Retry-After", "5");
        assertThat(response.getBody()).doesNotContain("secret-table");
        assertThat(log.lines())
                .anyMatch(line -> line.startsWith("ERROR The orders can't be read {") && line.contains("secret-table"));
    }

    @Test
    void missingTableName_failsTheInitWithItsName() {
        assertThatThrownBy(GetHealthHandler::new).hasMessageContaining("ORDERS_TABLE is not set");
    }

    private APIGatewayProxyResponseEvent health() {
        return new GetHealthHandler(orders, origin).handleRequest(SampleEvents.request("get-health.json"), context);
    }
}
