package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.aws.SecretsManagerProviderKey;
import dev.printshop.orders.domain.Cashier;
import dev.printshop.orders.http.GuardedPaymentProvider;
import dev.printshop.orders.http.HttpPaymentProvider;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The objects from which the tasks that move money are made. */
final class PaymentWiring {

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** The longest call of the provider. */
    private static final Duration PROVIDER_DEADLINE = Duration.ofSeconds(10);

    /** After this time, the provider executes no call that it got before. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    /** Two changes of the order with a second attempt each, the payment token, and the API key, also a changed one. */
    private static final int CALLS_OF_AWS = 4 * OrderWiring.CALLS_FOR_AN_ATTEMPT + 3;

    /** The calls of AWS, and the time of as many calls as the provider's deadline is long. */
    static final int CALLS = CALLS_OF_AWS + (int) PROVIDER_DEADLINE.dividedBy(CALL_TIMEOUT) + 1;

    private final OrderWiring orders;
    private final Cashier cashier;

    /** Connects to the table, the provider and its API key, which the environment names. */
    PaymentWiring(Environment environment) {
        orders = new OrderWiring(environment, CALL_TIMEOUT);
        HttpPaymentProvider provider = new HttpPaymentProvider(
                URI.create(environment.required("PAYMENT_PROVIDER_URL")),
                new SecretsManagerProviderKey(
                        AwsClients.create(SecretsManagerClient.builder(), CALL_TIMEOUT),
                        environment.required("PAYMENT_SECRET"),
                        Clock.systemUTC()),
                PROVIDER_DEADLINE);
        cashier = new Cashier(
                orders.orders(),
                new GuardedPaymentProvider(provider, Clock.systemUTC()),
                orders.attempts(),
                Clock.systemUTC(),
                SETTLING);
    }

    Cashier cashier() {
        return cashier;
    }

    /** Primes a task. Its sample is an order for which the provider isn't called: nothing of it is in a snapshot. */
    void prime(RequestHandler<?, ?> handler) {
        orders.prime(handler);
    }
}
