package dev.printshop.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;

class AwsClientsTest {

    /** Generous: only a call without a time limit takes longer. */
    private static final int LIMIT_SECONDS = 30;

    @Test
    @Timeout(value = LIMIT_SECONDS, unit = TimeUnit.SECONDS)
    void callWithoutAnswer_isRetriedAndFailsWithinItsTimeout() throws IOException {
        // given a service that accepts connections and never answers
        List<Socket> connections = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                EventBridgeClient client = client(
                        AwsClients.limit(EventBridgeClient.builder(), Duration.ofSeconds(2)), silent.getLocalPort())) {
            Thread.ofVirtual().start(() -> acceptAll(silent, connections));

            // when, then
            assertThatThrownBy(() -> client.describeEventBus(request -> request.name("bus")))
                    .isInstanceOf(ApiCallTimeoutException.class);
            assertThat(connections).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    @Timeout(value = LIMIT_SECONDS, unit = TimeUnit.SECONDS)
    void callWithAVisibleEffectThatGetsNoAnswer_isNotRepeated_andHasAllTheTime() throws IOException {
        // given a service that accepts connections and never answers
        Duration limit = Duration.ofSeconds(2);
        List<Socket> connections = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                EventBridgeClient client = client(
                        AwsClients.limitToOneWithoutAnswer(EventBridgeClient.builder(), limit),
                        silent.getLocalPort())) {
            Thread.ofVirtual().start(() -> acceptAll(silent, connections));
            long start = System.nanoTime();

            // when, then
            assertThatThrownBy(() -> client.describeEventBus(request -> request.name("bus")))
                    .isInstanceOf(SdkClientException.class);
            assertThat(connections).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(limit.dividedBy(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"400, ThrottlingException, true", "500, InternalException, true", "400, InvalidParameter, false"})
    @Timeout(value = LIMIT_SECONDS, unit = TimeUnit.SECONDS)
    void callWithAVisibleEffectThatIsRefused_isRepeatedIfTheRefusalPasses(int status, String code, boolean repeated)
            throws IOException {
        // given a service that refuses every call
        AtomicInteger calls = new AtomicInteger();
        HttpServer refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.createContext("/", exchange -> {
            calls.incrementAndGet();
            byte[] answer = "{\"__type\":\"%s\"}".formatted(code).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        refusing.start();
        try (EventBridgeClient client = client(
                AwsClients.limitToOneWithoutAnswer(EventBridgeClient.builder(), Duration.ofSeconds(10)),
                refusing.getAddress().getPort())) {

            // when, then
            assertThatThrownBy(() -> client.describeEventBus(request -> request.name("bus")))
                    .isInstanceOf(SdkServiceException.class);
            assertThat(calls.get() > 1).isEqualTo(repeated);
        } finally {
            refusing.stop(0);
        }
    }

    private static EventBridgeClient client(EventBridgeClientBuilder limited, int port) {
        return limited.region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .build();
    }

    private static void acceptAll(ServerSocket server, List<Socket> connections) {
        try {
            while (true) {
                connections.add(server.accept());
            }
        } catch (IOException _) {
            // The server socket is closed.
            connections.forEach(AwsClientsTest::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
