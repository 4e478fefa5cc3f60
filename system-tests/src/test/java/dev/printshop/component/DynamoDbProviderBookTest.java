package dev.printshop.component;

import static dev.printshop.component.OwnTable.partition;
import static dev.printshop.component.OwnTable.sort;
import static dev.printshop.component.OwnTable.texts;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.orders.SandboxServer;
import dev.printshop.orders.aws.DynamoDbProviderBook;
import dev.printshop.orders.domain.PaymentProvider;
import dev.printshop.orders.domain.PaymentProviderContract;
import dev.printshop.orders.http.FakeProviderKey;
import dev.printshop.orders.http.HttpPaymentProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sandbox's book against DynamoDB's transactions, conditions and counters. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbProviderBookTest extends PaymentProviderContract {

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration SANDBOX_DELAY = Duration.ofSeconds(6);

    private OwnTable table;
    private DynamoDbProviderBook book;
    private SandboxServer sandbox;
    private PaymentProvider provider;

    @BeforeEach
    void start(Stack stack) {
        table = OwnTable.create(
                stack, create -> create.attributeDefinitions(texts("pk", "sk")).keySchema(partition("pk"), sort("sk")));
        book = new DynamoDbProviderBook(table.dynamoDb(), table.name(), InstantSource.system());
        FakeProviderKey key = new FakeProviderKey("key-of-the-first-day");
        sandbox = new SandboxServer(key, book, SANDBOX_DELAY);
        provider = new HttpPaymentProvider(sandbox.url(), key, DEADLINE);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        table.delete();
    }

    @Override
    protected PaymentProvider provider() {
        return provider;
    }

    @Override
    protected List<String> book(Set<String> keys) {
        return book.page(Optional.empty()).entries().stream()
                .filter(entry -> keys.contains(entry.key()))
                .map(entry -> entry.status() + " " + entry.amount().minor())
                .toList();
    }
}
