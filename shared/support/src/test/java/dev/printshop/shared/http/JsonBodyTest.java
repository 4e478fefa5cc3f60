package dev.printshop.shared.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    @Test
    void limitInBytes_countsBytesInUtf8() {
        // given
        APIGatewayProxyRequestEvent request =
                new APIGatewayProxyRequestEvent().withHeaders(JSON).withBody("{\"a\":\"ü\"}");

        // then
        assertThat(JsonBody.read(request, 10).text("a")).isEqualTo("ü");
        assertThatThrownBy(() -> JsonBody.read(request, 9))
                .isInstanceOf(HttpProblem.class)
                .hasMessage("The body must be at most 9 bytes, but is 10");
    }

    @Test
    void binaryBody_isMeasuredAsItWasSent() {
        // given
        APIGatewayProxyRequestEvent request = binary("{\"a\":1}".getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(JsonBody.read(request, 7).integer("a")).isEqualTo(1);
    }

    @Test
    void bodyThatIsNotUtf8_isRefused() {
        assertThatThrownBy(() -> JsonBody.read(binary(new byte[] {'{', '"', (byte) 0xFC, '"', ':', '1', '}'}), 100))
                .isInstanceOf(HttpProblem.class)
                .hasMessage("The body must be a JSON object: The text is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}{\"a\":2}", "{\"a\":1}\n{\"a\":2}\n", "{\"a\":1} x", "{\"a\":1},", "{\"a\":1}\0"})
    void bodyThatGoesOnAfterItsObject_isRefused(String body) {
        APIGatewayProxyRequestEvent request =
                new APIGatewayProxyRequestEvent().withHeaders(JSON).withBody(body);

        assertThatThrownBy(() -> JsonBody.read(request, 100))
                .isInstanceOf(HttpProblem.class)
                .hasMessageStartingWith("The body must be a JSON object: The text ");
    }

    @Test
    void bodyWithHalfASurrogatePair_isRefused() {
        APIGatewayProxyRequestEvent request =
                new APIGatewayProxyRequestEvent().withHeaders(JSON).withBody("{\"a\":\"\ud83d\"}");

        assertThatThrownBy(() -> JsonBody.read(request, 100))
                .isInstanceOf(HttpProblem.class)
                .hasMessageEndingWith("is not Unicode text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "eyJhIjox", "{\"a\":1}", "=", "e30=\u0000"})
    void bodyWithInvalidBase64_isRefused(String body) {
        APIGatewayProxyRequestEvent request = new APIGatewayProxyRequestEvent()
                .withHeaders(JSON)
                .withIsBase64Encoded(true)
                .withBody(body);

        assertThatThrownBy(() -> JsonBody.read(request, 100))
                .isInstanceOf(HttpProblem.class)
                .hasMessageStartingWith("The body must be a JSON object");
    }

    @Test
    void headersWithoutNameOrValue_areMissing() {
        Map<String, String> headers = new HashMap<>();
        headers.put(null, "application/json");
        headers.put("Content-Type", null);
        APIGatewayProxyRequestEvent request =
                new APIGatewayProxyRequestEvent().withHeaders(headers).withBody("{}");

        assertThatThrownBy(() -> JsonBody.read(request, 100))
                .isInstanceOf(HttpProblem.class)
                .hasMessage("Content-Type must be application/json, but is missing");
    }

    @Test
    void contentTypeThatMayBePrivate_isNotRepeated() {
        APIGatewayProxyRequestEvent request = new APIGatewayProxyRequestEvent()
                .withHeaders(Map.of("Content-Type", "anna@example.com"))
                .withBody("{}");

        assertThatThrownBy(() -> JsonBody.read(request, 100)).message().doesNotContain("anna");
    }

    @Test
    void requestWithoutHeaders_hasNoContentType() {
        assertThatThrownBy(() -> JsonBody.read(new APIGatewayProxyRequestEvent().withBody("{}"), 100))
                .isInstanceOf(HttpProblem.class)
                .hasMessage("Content-Type must be application/json, but is missing");
    }

    private static APIGatewayProxyRequestEvent binary(byte[] body) {
        return new APIGatewayProxyRequestEvent()
                .withHeaders(JSON)
                .withIsBase64Encoded(true)
                .withBody(Base64.getEncoder().encodeToString(body));
    }
}
