package dev.printshop.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Forwards connections from Docker's bridge to the local cloud. A container can't reach the loopback interface of its
 * host, on which the local cloud listens; it reaches the bridge's address. Only containers of this machine can use it,
 * and only while it is open.
 */
final class BridgeForwarder implements AutoCloseable {

    private final ServerSocket server;
    private final int port;
    private final Thread acceptor;

    private BridgeForwarder(ServerSocket server, int port) {
        this.server = server;
        this.port = port;
        this.acceptor = Thread.ofVirtual().unstarted(this::accept);
    }

    /**
     * Starts forwarding.
     *
     * @param bridge the address of Docker's bridge
     * @param port the port of the local cloud, which is also used on the bridge
     * @throws LocalCloudException when there is no such address
     */
    static BridgeForwarder open(String bridge, int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByName(bridge), port));
            BridgeForwarder forwarder = new BridgeForwarder(server, port);
            forwarder.acceptor.start();
            return forwarder;
        } catch (IOException e) {
            throw new LocalCloudException(
                    "Docker's bridge %s:%d can't be listened on (%s): is Docker running?"
                            .formatted(bridge, port, e.getMessage()),
                    e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket container = server.accept();
                Thread.ofVirtual().start(() -> join(container));
            } catch (IOException _) {
                // The server socket is closed.
                return;
            }
        }
    }

    private void join(Socket container) {
        try (container;
                Socket localCloud = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread answers = Thread.ofVirtual().start(() -> copy(localCloud, container));
            copy(container, localCloud);
            answers.join();
        } catch (IOException _) {
            // The container's connection is closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            close(from);
            close(to);
        }
    }

    private static void close(@Nullable AutoCloseable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (Exception _) {
            // The socket is already closed.
        }
    }

    @Override
    public void close() {
        close(server);
        try {
            // The port is free when the thread that accepts connections has left the socket.
            acceptor.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
