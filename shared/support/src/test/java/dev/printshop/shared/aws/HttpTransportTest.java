package dev.printshop.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.utils.AttributeMap;

class HttpTransportTest {

    /** Fails on every request. */
    private static final class Refusing implements SdkHttpClient, SdkHttpClient.Builder<Refusing> {

        private int requests;

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            requests++;
            throw new IllegalStateException("A request left the process");
        }

        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return this;
        }

        @Override
        public void close() {
            // nothing to close
        }
    }

    private final Refusing real = new Refusing();

    private final EventBridgeClient client = EventBridgeClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .endpointOverride(URI.create("http://127.0.0.1:1"))
            .httpClientBuilder(HttpTransport.builder(real))
            .overrideConfiguration(calls -> calls.apiCallTimeout(Duration.ofSeconds(5)))
            .build();

    @Test
    void replacedTransport_answersInTurn_andSendsNothing() {
        CannedAnswers answers =
                CannedAnswers.none().json("ListRules", List.of(Map.of("NextToken", "one"), Map.of("NextToken", "two")));
        List<String> tokens = new ArrayList<>();

        AwsClients.answering(answers, () -> {
            for (int i = 0; i < 3; i++) {
                tokens.add(client.listRules(list -> {}).nextToken());
            }
            client.putRule(rule -> rule.name("unknown to the answers"));
        });

        assertThat(tokens).containsExactly("one", "two", "one");
        assertThat(real.requests).isZero();
    }

    @Test
    void replacedTransport_answersCallsOfOtherThreadsToo() {
        List<String> buses = new ArrayList<>();
        CannedAnswers answers = CannedAnswers.none().json("DescribeEventBus", List.of(Map.of("Name", "canned")));

        AwsClients.answering(answers, () -> {
            Thread other = Thread.ofPlatform()
                    .start(() -> buses.add(client.describeEventBus(bus -> {}).name()));
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(buses).containsExactly("canned");
        assertThat(real.requests).isZero();
    }

    @Test
    void transport_isRealAgain_afterTheWorkOrItsFailure() {
        assertThatThrownBy(() -> AwsClients.answering(CannedAnswers.none(), () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThatThrownBy(() -> client.describeEventBus(bus -> {}))
                .isInstanceOfAny(SdkClientException.class, IllegalStateException.class);
        assertThat(real.requests).isPositive();
    }
}
