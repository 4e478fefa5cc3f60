package dev.printshop.local;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;

/**
 * Writes, for each deployed function, the environment with which {@code sam local invoke} makes its container use the
 * local cloud: the function's own variables, and the address of the local cloud.
 *
 * <p>A container can't reach the loopback interface of its host. It reaches the host at an address of Docker, where a
 * {@link BridgeForwarder} forwards to the local cloud.
 */
final class ContainerEnvironments {

    /** The gateway of Docker's default bridge. */
    private static final String BRIDGE = "172.17.0.1";

    /** The host's address for containers: Docker Desktop's address, and on Linux the gateway of the default bridge. */
    private static final String HOST = isLinux() ? BRIDGE : "192.168.65.254";

    private final Workspace workspace;
    private final LambdaClient lambda;

    ContainerEnvironments(Workspace workspace, LambdaClient lambda) {
        this.workspace = workspace;
        this.lambda = lambda;
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    /**
     * Runs an action while containers can reach the local cloud.
     *
     * @throws LocalCloudException when they can't
     */
    static void whileReachable(int port, Runnable work) {
        if (!isLinux()) {
            work.run(); // Docker Desktop forwards its host's address to the loopback interface.
            return;
        }
        try (BridgeForwarder _ = BridgeForwarder.open(BRIDGE, port)) {
            work.run();
        }
    }

    /** Writes the environments of some functions, given by the names they have in the template. */
    void write(Collection<String> logicalIds) {
        try {
            Path folder = Files.createDirectories(workspace.folder().resolve("environments"));
            for (String logicalId : logicalIds) {
                Map<String, String> environment = of(Stack.functionName(logicalId));
                Files.writeString(
                        folder.resolve(logicalId + ".json"),
                        JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(environment));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> of(String functionName) {
        Map<String, String> environment = new TreeMap<>(Emulator.clientEnvironment(workspace));
        environment.remove("SAM_CLI_TELEMETRY");
        environment.put("AWS_ENDPOINT_URL", "http://%s:%d".formatted(HOST, workspace.port()));
        // The emulator doesn't support the SDK's default format for Kinesis.
        environment.put("CBOR_ENABLED", "false");
        // With the SAM CLI's default, the JVM would wait for a debugger.
        environment.put("_JAVA_OPTIONS", "-XX:+UseSerialGC");
        @Nullable
        EnvironmentResponse own = lambda.getFunctionConfiguration(get -> get.functionName(functionName))
                .environment();
        // A function without variables has no environment.
        if (own != null) {
            environment.putAll(own.variables());
        }
        return environment;
    }
}
