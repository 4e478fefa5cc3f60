package dev.printshop.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The emulator of AWS, MiniStack: one process, on the loopback interface only, with IAM enforced. It keeps its state in
 * memory, and continues to run after the program that started it has ended.
 */
public final class Emulator {

    private static final Duration START_UP = Duration.ofSeconds(60);
    private static final Duration SHUT_DOWN = Duration.ofSeconds(20);

    private final Workspace workspace;
    private final Map<String, String> settings;
    private final Path pidFile;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    public Emulator(Workspace workspace) {
        this(workspace, Map.of());
    }

    /**
     * @param settings further environment variables of emulator/start.py
     */
    Emulator(Workspace workspace, Map<String, String> settings) {
        this.workspace = workspace;
        this.settings = settings;
        this.pidFile = workspace.folder().resolve("emulator.pid");
        this.log = workspace.folder().resolve("emulator.log");
    }

    /** The environment that points the SAM CLI, the AWS CLI and the SDKs at the emulator, as its administrator. */
    public static Map<String, String> clientEnvironment(Workspace workspace) {
        return Map.of(
                "AWS_ENDPOINT_URL", workspace.endpoint(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "SAM_CLI_TELEMETRY", "0");
    }

    /** Whether the emulator of this workspace runs and answers. */
    public boolean isRunning() {
        return process().isPresent() && isReady();
    }

    /**
     * Starts the emulator, and returns when it is ready.
     *
     * @throws LocalCloudException when the port is in use, the emulator isn't installed, or it doesn't become ready
     */
    public void start() {
        requireFreePort();
        workspace.program("emulator", "ministack");
        Path python = workspace.program("emulator", "python");
        Path program = workspace.projectRoot().resolve("local/emulator/start.py");
        try {
            Path temporary = Files.createDirectories(workspace.folder().resolve("tmp"));
            ProcessBuilder builder = new ProcessBuilder(python.toString(), program.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(clientEnvironment(workspace));
            builder.environment()
                    .putAll(Map.of(
                            "AUTH", "true",
                            "BIND_HOST", "127.0.0.1",
                            "GATEWAY_PORT", String.valueOf(workspace.port()),
                            "IOT_MTLS_ENABLED", "0",
                            "IOT_MTLS_PORT", "0",
                            "TMPDIR", temporary.toString()));
            builder.environment().putAll(settings);
            Process process = builder.start();
            process.getOutputStream().close();
            Files.writeString(pidFile, String.valueOf(process.pid()));
            awaitReady(process);
        } catch (IOException e) {
            throw new LocalCloudException("The emulator could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * Stops the emulator and the functions it runs.
     *
     * @return whether there was one to stop
     */
    public boolean stop() {
        Optional<ProcessHandle> process = process();
        process.ifPresent(running -> {
            // The functions' JVMs end first: after the emulator's end they would have no parent.
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
            try {
                running.onExit()
                        .orTimeout(SHUT_DOWN.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                        .join();
            } catch (java.util.concurrent.CompletionException _) {
                // The process does not end in time.
                running.destroyForcibly();
            }
        });
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return process.isPresent();
    }

    /**
     * The failure of the emulator of this workspace, if it has ended unexpectedly or doesn't answer; empty if it runs,
     * or was stopped.
     */
    Optional<String> death() {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        // Its port is closed before its process ends.
        Instant deadline = Instant.now().plus(SHUT_DOWN);
        while (process().isPresent() && !isReady() && Instant.now().isBefore(deadline)) {
            Pause.of(Duration.ofMillis(100));
        }
        if (isRunning()) {
            return Optional.empty();
        }
        return Optional.of("The emulator %s; %s ends with:%n%n%s"
                .formatted(
                        process().isPresent() ? "doesn't answer any more" : "has ended unexpectedly",
                        workspace.projectRoot().relativize(log),
                        lastLines()));
    }

    private Optional<ProcessHandle> process() {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            // The process id may have been reused for another process.
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().commandLine().orElse("").contains("emulator/start.py"));
        } catch (IOException | NumberFormatException _) {
            // There is no process id file: the emulator was not started.
            return Optional.empty();
        }
    }

    private void requireFreePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), workspace.port()));
        } catch (IOException e) {
            throw new LocalCloudException(
                    "Port %d is taken by another program. Stop that, or choose another port: make run PORT=%d"
                            .formatted(workspace.port(), workspace.port() + 1),
                    e);
        }
    }

    private void awaitReady(Process process) {
        Instant deadline = Instant.now().plus(START_UP);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw new LocalCloudException("The emulator did not get ready; %s ends with:%n%n%s"
                        .formatted(workspace.projectRoot().relativize(log), lastLines()));
            }
            Pause.of(Duration.ofMillis(100));
        }
    }

    private String lastLines() {
        try {
            var lines = Files.readAllLines(log);
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(the log can't be read: " + e.getMessage() + ")";
        }
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(workspace.endpoint() + "/_ministack/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            // The emulator does not answer yet.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Waiting for the emulator was interrupted", e);
        }
    }
}
