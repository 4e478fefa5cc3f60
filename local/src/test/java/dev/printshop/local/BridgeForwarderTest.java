package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BridgeForwarderTest {

    /** Another address of this machine, like that of the bridge. */
    private static final String BRIDGE = "127.0.0.2";

    @Test
    void whatAContainerSends_reachesTheLocalCloud_andTheAnswerComesBack() throws IOException {
        try (ServerSocket localCloud = new ServerSocket()) {
            localCloud.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofVirtual().start(() -> answerInCapitals(localCloud));

            try (BridgeForwarder _ = BridgeForwarder.open(BRIDGE, localCloud.getLocalPort());
                    Socket container = new Socket(BRIDGE, localCloud.getLocalPort())) {
                container.getOutputStream().write("event".getBytes(StandardCharsets.UTF_8));
                container.shutdownOutput();

                assertThat(container.getInputStream().readAllBytes())
                        .isEqualTo("EVENT".getBytes(StandardCharsets.UTF_8));
            }

            assertThatThrownBy(() -> new Socket(BRIDGE, localCloud.getLocalPort()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void localCloudThatIsNotThere_closesTheConnection() throws IOException {
        int port = LocalCloudExtension.freePort();
        try (BridgeForwarder _ = BridgeForwarder.open(BRIDGE, port);
                Socket container = new Socket(BRIDGE, port)) {
            assertThat(container.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void addressThatThisMachineDoesNotHave_isNamedWithAReason() {
        assertThatThrownBy(() -> BridgeForwarder.open("192.0.2.1", 4566))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("Docker's bridge 192.0.2.1:4566 can't be listened on")
                .hasMessageEndingWith("is Docker running?");
    }

    private static void answerInCapitals(ServerSocket localCloud) {
        try (Socket connection = localCloud.accept()) {
            String text = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            connection.getOutputStream().write(text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
