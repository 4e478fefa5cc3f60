package dev.printshop.orders.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.SandboxServer;
import dev.printshop.orders.aws.DynamoDbProviderBook;
import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.PaymentKey;
import dev.printshop.orders.domain.PaymentOutcome.Captured;
import dev.printshop.orders.domain.PaymentProvider;
import dev.printshop.orders.domain.PaymentProviderContract;
import dev.printshop.orders.domain.PaymentToken;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.telemetry.LogRecords;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The adapter with the sandbox, over HTTP. */
class HttpPaymentProviderOnSandboxTest extends PaymentProviderContract {

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration SANDBOX_DELAY = Duration.ofSeconds(4);

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final FakeProviderKey key = new FakeProviderKey("key-of-the-first-day");
    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("pk", "sk");
    private final SandboxServer sandbox = new SandboxServer(
            key, new DynamoDbProviderBook(dynamoDb, "dev-book", InstantSource.system()), SANDBOX_DELAY);
    private final PaymentProvider provider = new HttpPaymentProvider(sandbox.url(), key, DEADLINE);

    @Override
    protected PaymentProvider provider() {
        return provider;
    }

    @Override
    protected List<String> book(Set<String> keys) {
        return dynamoDb.items().stream()
                .filter(item -> item.containsKey("idempotencyKey"))
                .filter(item -> keys.contains(text(item, "idempotencyKey")))
                .map(item -> text(item, "status") + " "
                        + requireNonNull(item.get("amountMinor")).n())
                .toList();
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return requireNonNull(item.get(attribute)).s();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void rotatedKey_isFetchedByBothEnds() {
        // given
        key.rotateTo("key-of-the-second-day");

        // when
        Object outcome =
                provider.charge(PaymentKey.ofCharge(newOrder()), Money.euroCents(100), new PaymentToken("tok_ok"));

        // then
        assertThat(outcome).isInstanceOf(Captured.class);
    }

    @Test
    void tokens_areNeitherStoredNorLogged() {
        for (String token : List.of("tok_ok", "tok_declined", "tok_500_1", "secret-4711")) {
            provider.charge(PaymentKey.ofCharge(newOrder()), Money.euroCents(100), new PaymentToken(token));

            assertThat(dynamoDb.items().toString()).doesNotContain(token);
            assertThat(log.lines()).allSatisfy(line -> assertThat(line).doesNotContain(token));
        }
        assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("Sandbox answered"));
    }

    @Test
    void everyAnswer_saysWhatTheSandboxIsNot() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : List.of("book", "charges", "charges?key=none", "elsewhere")) {
                for (String sent : List.of("key-of-the-first-day", "key-of-somebody-else")) {
                    URI uri = sandbox.url().resolve(path);
                    HttpRequest request = HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + sent)
                            .build();

                    assertThat(client.send(request, BodyHandlers.ofString())
                                    .headers()
                                    .firstValue("Printshop-Sandbox"))
                            .as(path)
                            .contains("this is not a payment provider");
                }
            }
        }
    }

    private static OrderId newOrder() {
        return OrderExamples.newId(OrderExamples.NOW);
    }
}
