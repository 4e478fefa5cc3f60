package dev.printshop.identity.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes a key set as a user pool does, counts the fetches, and fails on request. */
public final class KeySetServer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile boolean hangs;
    private volatile String body;

    public KeySetServer(String body) {
        this.body = body;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/pool/.well-known/jwks.json", this::answer);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:%d/pool/.well-known/jwks.json"
                .formatted(server.getAddress().getPort()));
    }

    public int fetches() {
        return fetches.get();
    }

    public void publish(String keySet) {
        body = keySet;
        status = 200;
    }

    public void failWith(int failure) {
        status = failure;
    }

    /** Accepts requests and doesn't answer them. */
    public void hang() {
        hangs = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        if (hangs) {
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
