package dev.printshop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.printshop.orders.aws.DynamoDbProviderBook;
import dev.printshop.orders.http.FakeProviderKey;
import dev.printshop.orders.sandbox.CallerCheck;
import dev.printshop.orders.sandbox.Sandbox;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxProviderHandlerTest {

    private static final String API_KEY = "the-key-of-the-sample-0001";
    private static final String BODY = "{\"amountMinor\": 2011, \"currency\": \"EUR\", \"paymentToken\": \"tok_ok\"}";

    private static final Duration DELAY = Duration.ofSeconds(8);

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final List<Duration> pauses = new ArrayList<>();
    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("pk", "sk");
    private final SandboxProviderHandler handler = new SandboxProviderHandler(
            new CallerCheck(new FakeProviderKey(API_KEY), InstantSource.system()),
            new Sandbox(new DynamoDbProviderBook(dynamoDb, "dev-book", InstantSource.system()), DELAY, pauses::add));

    @Test
    void sampleEvent_isCaptured_andTheSameWhenRepeated() {
        // given
        APIGatewayV2HTTPEvent sample = SampleEvents.event("sandbox-provider.json", APIGatewayV2HTTPEvent.class);

        // when
        APIGatewayV2HTTPResponse first = handle(sample);
        APIGatewayV2HTTPResponse second = handle(sample);

        // then
        assertThat(first.getStatusCode()).isEqualTo(200);
        assertThat(first.getHeaders())
                .isEqualTo(Map.of(
                        "Content-Type", "application/json",
                        "Cache-Control", "no-store",
                        "Printshop-Sandbox", "this is not a payment provider"));
        JsonObject charge = JsonObject.parse(first.getBody());
        assertThat(charge.text("key")).isEqualTo("019abf3c-5d00-7c3e-8a51-0123456789ab#charge");
        assertThat(charge.text("status")).isEqualTo("CAPTURED");
        assertThat(charge.number("feeMinor")).isEqualTo(53);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void bodyInBase64_isDecoded() {
        // given
        APIGatewayV2HTTPEvent event = event(
                "POST", "/charges", "k1", Base64.getEncoder().encodeToString(BODY.getBytes(StandardCharsets.UTF_8)));
        event.setIsBase64Encoded(true);

        // then
        assertThat(handle(event).getStatusCode()).isEqualTo(200);
    }

    @Test
    void book_hasAllChargesAndRefundsOnPages_withTheirScenarios() {
        // given
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            keys.add("key-" + i);
            charge("key-" + i, BODY);
        }
        String paymentId = JsonObject.parse(charge("key-0", BODY).getBody()).text("paymentId");
        keys.add("refund-0");
        handle(event(
                "POST",
                "/refunds",
                "refund-0",
                "{\"paymentId\": \"%s\", \"amountMinor\": 11, \"currency\": \"EUR\"}".formatted(paymentId)));
        keys.add("declined");
        charge("declined", BODY.replace("tok_ok", "tok_declined"));

        // when
        List<JsonObject> entries = new ArrayList<>();
        int pages = 0;
        Optional<String> cursor = Optional.of("/book");
        while (cursor.isPresent()) {
            JsonObject page =
                    JsonObject.parse(handle(event("GET", cursor.get(), "", "")).getBody());
            entries.addAll(page.objects("entries"));
            cursor = page.has("nextCursor") ? Optional.of("/book?cursor=" + page.text("nextCursor")) : Optional.empty();
            pages++;
        }

        // then
        assertThat(pages).isEqualTo(2);
        assertThat(entries).extracting(entry -> entry.text("key")).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(entries)
                .filteredOn(entry -> entry.text("key").equals("refund-0"))
                .singleElement()
                .satisfies(refund -> {
                    assertThat(refund.text("status")).isEqualTo("REFUNDED");
                    assertThat(refund.text("paymentId")).isEqualTo(paymentId);
                    assertThat(refund.number("amountMinor")).isEqualTo(11);
                });
        assertThat(entries)
                .filteredOn(entry -> entry.text("key").equals("declined"))
                .singleElement()
                .satisfies(charge -> assertThat(charge.text("scenario")).isEqualTo("declined"));
    }

    @ParameterizedTest
    @CsvSource({
        "tok_timeout_captured, 200, 8000",
        "tok_timeout_not_captured, 500, 8000",
        "tok_slow, 200, 1000",
        "tok_ok, 200, 0",
        "tok_500_1, 500, 0",
        "tok_503_1, 503, 0",
        "tok_rate_limited, 429, 0",
        "tok_unauthorized_once, 401, 0"
    })
    void token_decidesTheStatusAndTheDelay(String token, int status, long delayMillis) {
        assertThat(charge("k1", BODY.replace("tok_ok", token)).getStatusCode()).isEqualTo(status);
        assertThat(pauses.stream().mapToLong(Duration::toMillis).sum()).isEqualTo(delayMillis);
    }

    @Test
    void sameKeyWithAnotherAmount_isUnprocessable() {
        // given
        charge("k1", BODY);

        // when
        APIGatewayV2HTTPResponse response = charge("k1", BODY.replace("2011", "2012"));

        // then
        assertThat(response.getStatusCode()).isEqualTo(422);
        assertThat(JsonObject.parse(response.getBody()).text("status")).isEqualTo("KEY_REUSED");
    }

    @Test
    void keyInQuotesOrBare_isTheSame() {
        // given
        APIGatewayV2HTTPEvent bare = event("POST", "/charges", "k1", BODY);
        bare.getHeaders().put("idempotency-key", "k1");

        // then
        assertThat(handle(bare)).isEqualTo(charge("k1", BODY));
        assertThat(dynamoDb.items()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Basic the-key-of-the-sample-0001"})
    void callerWithoutTheKey_isRefusedBeforeAnythingIsRead(String authorization) {
        // given
        APIGatewayV2HTTPEvent event = event("POST", "/charges", "k1", BODY);
        event.getHeaders().put("authorization", authorization);

        // when
        APIGatewayV2HTTPResponse response = handle(event);

        // then
        assertThat(response.getStatusCode()).isEqualTo(401);
        assertThat(response.getHeaders()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(dynamoDb.calls("GetItem")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"amountMinor\": 0, \"currency\": \"EUR\", \"paymentToken\": \"tok_ok\"}",
                "{\"amountMinor\": -1, \"currency\": \"EUR\", \"paymentToken\": \"tok_ok\"}",
                "{\"amountMinor\": 1000000000001, \"currency\": \"EUR\", \"paymentToken\": \"tok_ok\"}",
                "{\"amountMinor\": 1, \"currency\": \"euro\", \"paymentToken\": \"tok_ok\"}",
                "{\"amountMinor\": 1, \"currency\": \"EUR\", \"paymentToken\": \"\"}",
                "{\"amountMinor\": 1, \"currency\": \"EUR\", \"paymentToken\": 4111111111111111}",
                "no json"
            })
    void wrongBody_isABadRequest_andATokenIsNotRepeated(String body) {
        // when
        APIGatewayV2HTTPResponse response = charge("k1", body);

        // then
        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(response.getBody()).doesNotContain("4111111111111111");
        assertThat(log.lines()).allSatisfy(line -> assertThat(line).doesNotContain("4111111111111111"));
        assertThat(dynamoDb.items()).isEmpty();
    }

    @Test
    void longBody_isRefused() {
        assertThat(charge("k1", BODY + " ".repeat(4 * 1024)).getStatusCode()).isEqualTo(413);
    }

    @Test
    void missingKey_isABadRequest() {
        // given
        APIGatewayV2HTTPEvent event = event("POST", "/charges", "k1", BODY);
        event.getHeaders().remove("idempotency-key");

        // then
        assertThat(handle(event).getStatusCode()).isEqualTo(400);
        assertThat(handle(event("GET", "/charges", "", "")).getStatusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"GET, /", "DELETE, /charges", "POST, /book", "GET, /charges/1"})
    void otherEndpoint_isNotFound(String method, String path) {
        assertThat(handle(event(method, path, "k1", "")).getStatusCode()).isEqualTo(404);
    }

    @Test
    void failingBook_isAServerError_afterWhichTheChargeSucceeds() {
        // given
        dynamoDb.fail(_ -> Optional.of(new IllegalStateException("secret-table is unreachable")));

        // when
        APIGatewayV2HTTPResponse response = charge("k1", BODY);

        // then
        assertThat(response.getStatusCode()).isEqualTo(500);
        assertThat(response.getBody()).doesNotContain("secret-table");
        dynamoDb.fail(_ -> Optional.empty());
        assertThat(charge("k1", BODY).getStatusCode()).isEqualTo(200);
    }

    @Test
    void missingSetting_failsTheInitWithItsName() {
        assertThatThrownBy(SandboxProviderHandler::new)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PROVIDER_BOOK_TABLE is not set");
    }

    private APIGatewayV2HTTPResponse charge(String key, String body) {
        return handle(event("POST", "/charges", key, body));
    }

    private APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
        return handler.handleRequest(event, new FakeContext());
    }

    private static APIGatewayV2HTTPEvent event(String method, String uri, String key, String body) {
        Map<String, String> headers =
                new HashMap<>(Map.of("authorization", "Bearer " + API_KEY, "content-type", "application/json"));
        if (!key.isEmpty()) {
            headers.put("idempotency-key", "\"" + key + "\"");
        }
        return SandboxServer.event(method, URI.create(uri), headers, body);
    }
}
