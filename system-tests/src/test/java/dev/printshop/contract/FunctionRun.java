package dev.printshop.contract;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function in a separate process, under AWS's runtime, with given events and a fake of AWS. Its log is the whole
 * output of the process.
 */
final class FunctionRun {

    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
    private static final int PATIENCE_SECONDS = 300;

    private FunctionRun() {}

    /**
     * The input of an invocation.
     *
     * @param what for messages
     * @param event as JSON
     * @param refusal the message with which AWS refuses every call, or an empty text
     */
    record Invocation(String what, String event, String refusal) {}

    /**
     * The result of an invocation.
     *
     * @param log the output since the last answer
     * @param answer the function's answer, or the error that the runtime reports
     */
    record Outcome(Invocation invocation, String log, String answer) {}

    static List<Outcome> run(String handler, Map<String, String> environment, List<Invocation> invocations, Path folder)
            throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "127.0.0.1:" + server.getAddress().getPort();
        Path log = Files.createTempFile(folder, "function", ".log");
        RuntimeApi runtime = new RuntimeApi(invocations, log);
        server.createContext("/", runtime::answer);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.start();
            Process process = process(handler, environment, address, log);
            try {
                runtime.awaitEnd(process);
            } finally {
                process.destroyForcibly().waitFor();
                server.stop(0);
            }
        }
        return runtime.outcomes;
    }

    private static Process process(String handler, Map<String, String> environment, String address, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.awt.headless=true",
                        "-Daws.cborEnabled=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AWSLambda.class.getName(),
                        handler)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", address,
                        "AWS_LAMBDA_FUNCTION_NAME", "printshop",
                        "AWS_LAMBDA_LOG_FORMAT", "JSON",
                        "AWS_LAMBDA_LOG_LEVEL", "DEBUG",
                        "AWS_ENDPOINT_URL", "http://" + address,
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "LAMBDA_TASK_ROOT", log.getParent().toString(),
                        // The runtime's messages have Lambda's encoding.
                        "LANG", "C.UTF-8"));
        builder.environment().put("KEY_SET_URL", "http://" + address + FakeAws.KEY_SET);
        return builder.start();
    }

    /** Lambda's runtime API, and AWS at the same address. */
    private static final class RuntimeApi {

        private final FakeAws aws = new FakeAws();
        private final List<Invocation> invocations;
        private final Path log;
        private final List<Outcome> outcomes = new ArrayList<>();
        private final CountDownLatch end = new CountDownLatch(1);
        private @Nullable String answered;
        private int logRead;

        RuntimeApi(List<Invocation> invocations, Path log) {
            this.invocations = invocations;
            this.log = log;
        }

        void awaitEnd(Process process) throws InterruptedException, IOException {
            Instant deadline = Instant.now().plus(Duration.ofSeconds(PATIENCE_SECONDS));
            while (!end.await(100, TimeUnit.MILLISECONDS)) {
                if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("The function stopped after %d of %d invocations: %s"
                            .formatted(outcomes.size(), invocations.size(), Files.readString(log)));
                }
            }
        }

        void answer(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(INVOCATION + "next")) {
                next(exchange);
            } else if (path.startsWith(INVOCATION)) {
                answered = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(202, -1);
                exchange.close();
            } else {
                aws.answer(exchange);
            }
        }

        private void next(HttpExchange exchange) throws IOException {
            // The runtime logs an error after it has answered, and then requests the next event.
            if (answered != null) {
                outcomes.add(new Outcome(invocations.get(outcomes.size()), newLog(), answered));
                answered = null;
            }
            if (outcomes.size() == invocations.size()) {
                end.countDown();
                return;
            }
            Invocation invocation = invocations.get(outcomes.size());
            if (invocation.refusal().isEmpty()) {
                aws.succeed();
            } else {
                aws.refuseWith(invocation.refusal());
            }
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "request-" + outcomes.size());
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Deadline-Ms",
                            String.valueOf(Instant.now().plusSeconds(60).toEpochMilli()));
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:us-east-1:000000000000:function:printshop:1");
            byte[] event = invocation.event().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
            exchange.close();
        }

        /** The output since the last call. */
        private String newLog() throws IOException {
            byte[] all = Files.readAllBytes(log);
            String added = new String(all, logRead, all.length - logRead, StandardCharsets.UTF_8);
            logRead = all.length;
            return added;
        }
    }
}
