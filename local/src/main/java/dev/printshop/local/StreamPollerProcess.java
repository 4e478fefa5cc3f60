package dev.printshop.local;

import dev.printshop.local.streams.DeployedMappings;
import dev.printshop.local.streams.DynamoDbEventStream;
import dev.printshop.local.streams.EventStream;
import dev.printshop.local.streams.FailureDestination;
import dev.printshop.local.streams.FunctionInvoker;
import dev.printshop.local.streams.KinesisEventStream;
import dev.printshop.local.streams.PollerLog;
import dev.printshop.local.streams.Positions;
import dev.printshop.local.streams.StreamMapping;
import dev.printshop.local.streams.StreamPoller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The poller of the streams, as a process beside the emulator: it continues after the program that started it has
 * ended, and ends with the emulator.
 */
final class StreamPollerProcess {

    private static final Duration START_UP = Duration.ofSeconds(60);
    private static final Duration SHUT_DOWN = Duration.ofSeconds(20);
    private static final Duration WITHOUT_EMULATOR = Duration.ofSeconds(30);

    /** Longer than the longest timeout of a function. */
    private static final Duration MAX_INVOCATION_DURATION = Duration.ofMinutes(16);

    private static final int LINES_SHOWN = 20;
    private static final String COMMAND = "poll";

    private final Workspace workspace;
    private final Path pidFile;
    private final Path readyFile;
    private final Path log;

    StreamPollerProcess(Workspace workspace) {
        this.workspace = workspace;
        this.pidFile = workspace.folder().resolve("stream-poller.pid");
        this.readyFile = readyFile(workspace);
        this.log = workspace.folder().resolve("stream-poller.log");
    }

    private static Path readyFile(Workspace workspace) {
        return workspace.folder().resolve("stream-poller.ready");
    }

    /**
     * Starts the process, and returns when it follows the streams.
     *
     * @throws LocalCloudException when it doesn't become ready
     */
    void start() {
        stop();
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LocalCloud.class.getName(),
                            COMMAND,
                            workspace.projectRoot().toString(),
                            workspace.folder().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("PORT", String.valueOf(workspace.port()));
            builder.environment().remove("AWS_PROFILE");
            Process process = builder.start();
            process.getOutputStream().close();
            Files.writeString(pidFile, identity(process.toHandle()));
            awaitReady(process);
        } catch (IOException e) {
            throw new LocalCloudException("The poller of the streams could not be started: " + e.getMessage(), e);
        }
    }

    private void awaitReady(Process process) {
        Instant deadline = Instant.now().plus(START_UP);
        while (!Files.exists(readyFile)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw new LocalCloudException("The poller of the streams did not get ready; %s ends with:%n%n%s"
                        .formatted(workspace.projectRoot().relativize(log), lastLines()));
            }
            Pause.of(Duration.ofMillis(50));
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(the log can't be read: " + e.getMessage() + ")";
        }
    }

    /** Stops the process, if there is one. */
    void stop() {
        process().ifPresent(running -> {
            running.destroy();
            try {
                running.onExit()
                        .orTimeout(SHUT_DOWN.toSeconds(), TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException _) {
                // The process does not end in time.
                running.destroyForcibly();
            }
        });
        try {
            Files.deleteIfExists(pidFile);
            Files.deleteIfExists(readyFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The failure of the process of this workspace, if it has ended and wasn't stopped. */
    Optional<String> death() {
        if (!Files.exists(pidFile) || process().isPresent()) {
            return Optional.empty();
        }
        return Optional.of("The poller of the streams has ended unexpectedly; %s ends with:%n%n%s"
                .formatted(workspace.projectRoot().relativize(log), lastLines()));
    }

    private Optional<ProcessHandle> process() {
        try {
            String identity = Files.readString(pidFile);
            return ProcessHandle.of(Long.parseLong(identity.substring(0, Math.max(0, identity.indexOf(' ')))))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> identity(process).equals(identity));
        } catch (IOException | NumberFormatException _) {
            // There is no process id file: the poller was not started.
            return Optional.empty();
        }
    }

    /** A process id may be reused later, but not with the same start time. */
    private static String identity(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toString).orElse("");
    }

    /** The process: follows the streams until it or the emulator is stopped. */
    static void main(Workspace workspace) {
        PollerLog log = new PollerLog(System.out);
        List<StreamPoller> pollers = pollers(workspace, log);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            pollers.forEach(StreamPoller::close);
            log.line("Stopped");
        }));
        pollers.forEach(StreamPoller::start);
        try {
            Files.writeString(readyFile(workspace), Instant.now().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Emulator emulator = new Emulator(workspace);
        Instant lastSeen = Instant.now();
        while (Instant.now().isBefore(lastSeen.plus(WITHOUT_EMULATOR))) {
            if (emulator.isRunning()) {
                lastSeen = Instant.now();
            }
            Pause.of(Duration.ofSeconds(2));
        }
        log.line("The emulator is gone");
        System.exit(0);
    }

    /** A poller for each enabled mapping of the stack. */
    static List<StreamPoller> pollers(Workspace workspace, PollerLog log) {
        LambdaClient lambda = Stack.client(workspace, LambdaClient.builder());
        return DeployedMappings.read(lambda, Deployment.streamEvents(workspace)).stream()
                .map(mapping -> poller(workspace, mapping, lambda, log))
                .toList();
    }

    private static StreamPoller poller(Workspace workspace, StreamMapping mapping, LambdaClient lambda, PollerLog log) {
        String role = lambda.getFunctionConfiguration(get -> get.functionName(mapping.functionArn()))
                .role();
        EventStream stream = mapping.streamArn().contains(":kinesis:")
                ? new KinesisEventStream(Stack.client(workspace, KinesisClient.builder()), mapping.streamArn(), role)
                : new DynamoDbEventStream(
                        Stack.client(workspace, DynamoDbStreamsClient.builder()), mapping.streamArn());
        FailureDestination destination = mapping.failureDestinationArn()
                .map(arn -> FailureDestination.of(
                        arn,
                        mapping.id(),
                        Stack.client(workspace, SqsClient.builder()),
                        Stack.client(workspace, SnsClient.builder()),
                        Stack.client(workspace, S3Client.builder())))
                .orElse(FailureDestination.NONE);
        return new StreamPoller(
                mapping,
                stream,
                FunctionInvoker.of(invokingClient(workspace), mapping.functionArn()),
                destination,
                Positions.open(workspace.folder().resolve("stream-positions"), mapping.id(), Instant.now()),
                log);
    }

    /** A client that waits as long as a function runs, with one attempt: retries are made by the poller. */
    static LambdaClient invokingClient(Workspace workspace) {
        return LambdaClient.builder()
                .endpointOverride(URI.create(workspace.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(MAX_INVOCATION_DURATION))
                .overrideConfiguration(override -> override.retryStrategy(retries -> retries.maxAttempts(1)))
                .build();
    }
}
