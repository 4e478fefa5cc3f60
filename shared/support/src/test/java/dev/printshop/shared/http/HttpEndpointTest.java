package dev.printshop.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpEndpointTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final APIGatewayProxyRequestEvent REQUEST = new APIGatewayProxyRequestEvent()
            .withRequestContext(new ProxyRequestContext().withRequestId("3b0b2b1e-6c0f-4c59-9c5c-3f8a5a2a7d10"));

    private final FakeContext context = new FakeContext();

    @Test
    void body_isAnsweredAsJsonWithoutCaching() {
        // when
        APIGatewayProxyResponseEvent response =
                HttpEndpoint.answer(REQUEST, context, () -> Answer.ok(Map.of("greeting", "Grüße")));

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeaders())
                .isEqualTo(Map.of("Content-Type", "application/json", "Cache-Control", "no-store"));
        assertThat(response.getBody()).isEqualTo("{\"greeting\":\"Grüße\"}");
        assertThat(response.getIsBase64Encoded()).isFalse();
    }

    @Test
    void createdResource_isAnsweredWithItsLocation() {
        // when
        APIGatewayProxyResponseEvent response =
                HttpEndpoint.answer(REQUEST, context, () -> Answer.created("orders/7", Map.of("orderId", "7")));

        // then
        assertThat(response.getStatusCode()).isEqualTo(201);
        assertThat(response.getHeaders())
                .isEqualTo(Map.of(
                        "Content-Type", "application/json", "Cache-Control", "no-store", "Location", "orders/7"));
        assertThat(response.getBody()).isEqualTo("{\"orderId\":\"7\"}");
    }

    @Test
    void problemOfFields_namesThemAll() {
        // when
        APIGatewayProxyResponseEvent response = HttpEndpoint.answer(REQUEST, context, () -> {
            throw new HttpProblem(
                    Status.UNPROCESSABLE_CONTENT,
                    "The order can't be placed",
                    List.of(new FieldError("items[0].productId", "is unknown"), new FieldError("country", "is not")));
        });

        // then
        assertThat(response.getStatusCode()).isEqualTo(422);
        assertThat(response.getBody()).startsWith("""
                {"type":"about:blank","title":"Unprocessable Content","status":422,\
                "detail":"The order can't be placed",""").endsWith("""
                ,"errors":[{"field":"items[0].productId","detail":"is unknown"},\
                {"field":"country","detail":"is not"}]}""");
    }

    @Test
    void problem_isAnsweredAsInRfc9457() {
        // when
        APIGatewayProxyResponseEvent response = HttpEndpoint.answer(REQUEST, context, () -> {
            throw new HttpProblem(Status.NOT_FOUND, "There is no \"x\"");
        });

        // then
        assertThat(response.getStatusCode()).isEqualTo(404);
        assertThat(response.getHeaders())
                .isEqualTo(Map.of("Content-Type", "application/problem+json", "Cache-Control", "no-store"));
        assertThat(response.getBody()).isEqualTo("""
                {"type":"about:blank","title":"Not Found","status":404,"detail":"There is no \\"x\\"",\
                "instance":"urn:uuid:3b0b2b1e-6c0f-4c59-9c5c-3f8a5a2a7d10"}""");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void problemOfTheService_isLoggedAndAnsweredWithItsHeaders() {
        // when
        APIGatewayProxyResponseEvent response = HttpEndpoint.answer(REQUEST, context, () -> {
            throw new HttpProblem(Status.SERVICE_UNAVAILABLE, "Later", Map.of("Retry-After", "5"));
        });

        // then
        assertThat(response.getHeaders()).containsEntry("Retry-After", "5").hasSize(3);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN The request was not done {")
                .contains("correlation_id=3b0b2b1e-6c0f-4c59-9c5c-3f8a5a2a7d10", "message=Later");
    }

    @Test
    void unexpectedException_isLoggedAndNotShown() {
        // when
        APIGatewayProxyResponseEvent response = HttpEndpoint.answer(REQUEST, context, () -> {
            throw new IllegalStateException("secret");
        });

        // then
        assertThat(response.getStatusCode()).isEqualTo(500);
        assertThat(response.getBody())
                .contains("Internal Server Error", "urn:uuid:3b0b2b1e")
                .doesNotContain("secret", "IllegalState", "at dev.printshop");
        assertThat(log.lines())
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .contains(
                                "3b0b2b1e-6c0f-4c59-9c5c-3f8a5a2a7d10",
                                "java.lang.IllegalStateException, message=secret",
                                "at dev.printshop"));
    }

    @Test
    void requestWithoutContext_isIdentifiedByTheInvocation() {
        // when
        APIGatewayProxyResponseEvent response = HttpEndpoint.answer(new APIGatewayProxyRequestEvent(), context, () -> {
            throw new HttpProblem(Status.BAD_REQUEST, "No");
        });

        // then
        assertThat(response.getBody()).contains("\"urn:uuid:request-1\"");
    }
}
