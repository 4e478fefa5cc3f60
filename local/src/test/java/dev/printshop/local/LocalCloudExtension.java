package dev.printshop.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides a deployed application for tests: a local cloud with a separate port and folder, started and deployed for
 * the first test with a {@link Stack} parameter, and stopped after the last.
 */
public final class LocalCloudExtension implements ParameterResolver {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(LocalCloudExtension.class))
                .computeIfAbsent(Deployed.class, _ -> Deployed.start(), Deployed.class)
                .stack();
    }

    /** A workspace for tests, on a free port. */
    public static Workspace workspace(String name) {
        return new Workspace(ROOT, freePort(), ROOT.resolve(".local").resolve(name));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Deployed(LocalCloud localCloud, Stack stack) implements AutoCloseable {

        static Deployed start() {
            LocalCloud localCloud = new LocalCloud(workspace("test"), new Console(System.out));
            Runtime.getRuntime().addShutdownHook(new Thread(localCloud::stop));
            return new Deployed(localCloud, localCloud.deploy());
        }

        @Override
        public void close() {
            localCloud.stop();
        }
    }
}
