package dev.printshop.local;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The local cloud's substitute for SnapStart. Like SnapStart at the publication of a version, it initialises a function
 * once and runs its hooks before the checkpoint. Then it ends the JVM, which writes its loaded classes to an archive.
 * All later JVMs of the function map that archive instead of loading some thousand classes from jars, and need less
 * than half of the CPU time to start.
 *
 * <p>An archive is valid for one class path of unchanged jars. So a function's classes and jars are copied to a folder
 * named by a hash of their content, which also contains the archive.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html">Class data sharing</a>
 */
final class FunctionStart {

    private static final int PATIENCE_SECONDS = 120;

    /** The request of the runtime interface client when a function is ready for its snapshot. */
    private static final String READY = "/2018-06-01/runtime/restore/next";

    private final Path folder;

    private FunctionStart(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies a function's classes and jars, unless the copy exists.
     *
     * @param starts the folder for all functions
     * @param function the function's classes, its dependencies in {@code lib}, and its runtime in {@code runtime}
     */
    static FunctionStart of(Path starts, Path function, String runtime) throws IOException {
        Files.createDirectories(starts);
        Path folder = starts.resolve(function.getFileName() + "-" + digest(function));
        if (!Files.exists(folder)) {
            Path unfinished = Files.createTempDirectory(starts, "unfinished");
            // The class path is in the order of their names: this project's client of the runtime API comes before
            // AWS's.
            pack(function.resolve(runtime), List.of(), unfinished.resolve("1-runtime.jar"));
            copyJars(function.resolve(runtime), "2-", unfinished);
            pack(function, List.of("lib", runtime), unfinished.resolve("3-function.jar"));
            copyJars(function.resolve("lib"), "4-", unfinished);
            Files.move(unfinished, folder);
        }
        return new FunctionStart(folder);
    }

    /**
     * Deletes the folders of functions that were deployed earlier. Those that still run have opened their jars.
     */
    static void deleteOthers(Path starts, Set<Path> current) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(starts, Files::isDirectory)) {
            for (Path folder : folders) {
                if (!current.contains(folder)) {
                    for (Path file : filesIn(folder)) {
                        Files.delete(file);
                    }
                    Files.delete(folder);
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    String classPath() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path archive() {
        return folder.resolve("classes.jsa");
    }

    /**
     * Initialises the function and creates the archive, unless it exists.
     *
     * @param options the function's JVM options
     * @param environment the function's environment, as far as it is known before the deployment
     * @return whether the archive exists; there is none for a function that can't be initialised
     */
    boolean prepare(String handler, List<String> options, Map<String, String> environment) throws IOException {
        if (Files.exists(archive())) {
            return true;
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "127.0.0.1:" + server.getAddress().getPort();
        ProcessBuilder builder = new ProcessBuilder(Stream.of(
                        Stream.of(System.getProperty("java.home") + "/bin/java"),
                        options.stream(),
                        Stream.of("-XX:ArchiveClassesAtExit=" + archive(), "-cp", classPath()),
                        Stream.of(AWSLambda.class.getName(), handler))
                .flatMap(parts -> parts)
                .toList());
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("prepare.log").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
                        "AWS_LAMBDA_RUNTIME_API", address,
                        "AWS_ENDPOINT_URL", "http://" + address,
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "LAMBDA_TASK_ROOT", folder.toString()));
        Process function = builder.start();
        AtomicBoolean ready = new AtomicBoolean();
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals(READY)) {
                // Without an answer, the JVM ends and writes its archive.
                ready.set(true);
                function.destroy();
            } else {
                // Requests of hooks to AWS find no data here.
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
            }
        });
        server.start();
        try {
            if (!function.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                function.destroyForcibly();
            }
        } catch (InterruptedException _) {
            function.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            server.stop(0);
        }
        if (!ready.get()) {
            Files.deleteIfExists(archive());
        }
        return Files.exists(archive());
    }

    /** A hash of the content of all files, and of the JVM that will run them. */
    private static String digest(Path folder) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
            try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                for (Path file : filesIn(folder)) {
                    sink.write(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    Files.copy(file, sink);
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows SHA-256", e);
        }
    }

    private static void pack(Path folder, List<String> without, Path jar) throws IOException {
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : filesIn(folder)) {
                Path name = folder.relativize(file);
                if (without.contains(name.getName(0).toString())
                        || name.toString().endsWith(".jar")) {
                    continue;
                }
                entries.putNextEntry(new JarEntry(name.toString()));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }

    private static void copyJars(Path from, String prefix, Path to) throws IOException {
        for (Path file : filesIn(from)) {
            if (file.toString().endsWith(".jar")) {
                Files.copy(file, to.resolve(prefix + file.getFileName()));
            }
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
