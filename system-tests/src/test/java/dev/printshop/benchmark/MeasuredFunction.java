package dev.printshop.benchmark;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.printshop.contract.FakeAws;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that runs a built function under AWS's runtime interface client, with its Runtime API and a fake of AWS.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
final class MeasuredFunction implements AutoCloseable {

    /** The parts of the runtime interface client, as on this program's class path. */
    private static final List<String> RUNTIME_JARS = List.of(
            "aws-lambda-java-runtime-interface-client-",
            "aws-lambda-java-core-",
            "aws-lambda-java-serialization-",
            "utils-lite-");

    private static final String RUNTIME_API = "/2018-06-01/runtime/";
    private static final String NEXT_INVOCATION = RUNTIME_API + "invocation/next";
    private static final String NEXT_RESTORE = RUNTIME_API + "restore/next";

    /** An answer that reports a failure: a problem of HTTP, an item of a batch, a record of Firehose. */
    private static final Pattern FAILURE =
            Pattern.compile("\"statusCode\":[45]|\"itemIdentifier\"|\"ProcessingFailed\"|\"failed\":[1-9]");

    private static final Pattern WARNING = Pattern.compile("\"level\":\"(WARN|ERROR)\"");

    private static final int HEAP_PERCENT = 85;
    private static final int PATIENCE_SECONDS = 60;

    private final FakeAws aws;
    private final Duration timeout;
    private final Path log;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Process process;
    private final long started;

    /** The times of the requests for an event, and of the request that ends the preparation of a snapshot. */
    private final BlockingQueue<Long> waiting = new ArrayBlockingQueue<>(1);

    private final BlockingQueue<Long> snapshots = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Boolean> restores = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<String> events = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1);

    private record Answer(long time, String text, boolean isError) {}

    /**
     * What runs in the JVM.
     *
     * @param folder the built package
     * @param memory the function's memory in MB
     * @param timeout the longest duration of an invocation
     * @param variables its environment
     */
    record Setting(
            String name, Path folder, String handler, int memory, Duration timeout, Map<String, String> variables) {}

    /**
     * Starts the JVM.
     *
     * @param snapStart whether the function prepares a snapshot after its initialisation
     */
    MeasuredFunction(Setting setting, boolean snapStart, FakeAws aws) throws IOException {
        this.aws = aws;
        this.timeout = setting.timeout();
        log = Files.createTempFile(setting.name(), ".log");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        // As in Lambda's own runtime.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx%dm".formatted(setting.memory() * HEAP_PERCENT / 100),
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                        // The fake of AWS reads JSON only.
                        "-Daws.cborEnabled=false",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(setting.folder()),
                        AWSLambda.class.getName(),
                        setting.handler())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(setting.variables());
        environment.putAll(environment(
                setting, snapStart, "127.0.0.1:" + server.getAddress().getPort()));
        started = System.nanoTime();
        process = builder.start();
    }

    private static Map<String, String> environment(Setting setting, boolean snapStart, String address) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", address);
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", snapStart ? "snap-start" : "on-demand");
        environment.put("AWS_LAMBDA_FUNCTION_NAME", setting.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(setting.memory()));
        environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        environment.put("AWS_LAMBDA_LOG_LEVEL", "INFO");
        environment.put("AWS_ENDPOINT_URL", "http://" + address);
        environment.put("KEY_SET_URL", "http://" + address + FakeAws.KEY_SET);
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "test");
        environment.put("AWS_SECRET_ACCESS_KEY", "test");
        environment.put("LAMBDA_TASK_ROOT", setting.folder().toString());
        environment.put("LANG", "C.UTF-8");
        return environment;
    }

    private static String classPath(Path folder) {
        Stream<String> runtime = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> RUNTIME_JARS.stream()
                        .anyMatch(Path.of(jar).getFileName().toString()::startsWith));
        return Stream.concat(runtime, Stream.of(folder.toString(), folder.resolve("lib") + "/*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** From the start of the process until the function waits for an event. */
    Duration initialisation() throws InterruptedException {
        long ready = take(waiting);
        waiting.add(ready); // the function still waits
        return Duration.ofNanos(ready - started);
    }

    /** Waits until the function is ready for its snapshot: initialised, and its hooks have run without a warning. */
    void awaitSnapshot() throws InterruptedException {
        take(snapshots);
        if (WARNING.matcher(readLog()).find()) {
            throw new IllegalStateException("The function isn't primed:%n%s".formatted(readLog()));
        }
    }

    /** Continues as after a restore, with an event; the time until its answer. */
    Duration restore(String event) throws InterruptedException {
        long begin = System.nanoTime();
        restores.add(true);
        events.add(event);
        Duration duration = untilAnswered(begin);
        take(waiting);
        return duration;
    }

    /** The time from sending an event until its answer. */
    Duration invoke(String event) throws InterruptedException {
        take(waiting);
        long begin = System.nanoTime();
        events.add(event);
        return untilAnswered(begin);
    }

    private Duration untilAnswered(long begin) throws InterruptedException {
        Answer answer = take(answers);
        if (answer.isError() || FAILURE.matcher(answer.text()).find()) {
            throw new IllegalStateException("The function answered %s%n%s".formatted(answer.text(), readLog()));
        }
        return Duration.ofNanos(answer.time() - begin);
    }

    long pid() {
        return process.pid();
    }

    private <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        @Nullable T taken = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (taken == null) {
            throw new IllegalStateException("The function made no progress:%n%s".formatted(readLog()));
        }
        return taken;
    }

    private String readLog() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(RUNTIME_API)) {
            // The client's native part crashes without it.
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        try {
            if (path.equals(NEXT_INVOCATION)) {
                waiting.add(System.nanoTime());
                send(exchange, events.take());
            } else if (path.equals(NEXT_RESTORE)) {
                snapshots.add(System.nanoTime());
                restores.take();
                send(exchange, "");
            } else if (path.startsWith(RUNTIME_API)) {
                String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                answers.add(new Answer(System.nanoTime(), text, path.endsWith("/error")));
                exchange.sendResponseHeaders(202, -1);
            } else {
                aws.answer(exchange);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void send(HttpExchange exchange, String event) throws IOException {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Deadline-Ms",
                        String.valueOf(Instant.now().plus(timeout).toEpochMilli()));
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Trace-Id", "Root=1-6925a1f0-0123456789abcdef01234567;Sampled=0");
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:us-east-1:000000000000:function:printshop:live");
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        server.stop(0);
        threads.shutdownNow();
        log.toFile().delete();
    }
}
