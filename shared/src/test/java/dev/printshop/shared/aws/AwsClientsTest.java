package dev.printshop.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

class AwsClientsTest {

    /** Generous: only a call without a limit takes longer. */
    private static final int LIMIT_SECONDS = 30;

    @Test
    @Timeout(value = LIMIT_SECONDS, unit = TimeUnit.SECONDS)
    void callThatGetsNoAnswer_isRepeatedAndThenGivenUpWithinItsTimeout() throws IOException {
        // given a service that takes connections and never answers
        List<Socket> connections = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                EventBridgeClient client = AwsClients.limit(EventBridgeClient.builder(), Duration.ofSeconds(2))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(AnonymousCredentialsProvider.create())
                        .endpointOverride(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                        .build()) {
            Thread.ofVirtual().start(() -> acceptAll(silent, connections));

            // when, then
            assertThatThrownBy(() -> client.describeEventBus(request -> request.name("bus")))
                    .isInstanceOf(ApiCallTimeoutException.class);
            assertThat(connections).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    private static void acceptAll(ServerSocket server, List<Socket> connections) {
        try {
            while (true) {
                connections.add(server.accept());
            }
        } catch (IOException closed) {
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
