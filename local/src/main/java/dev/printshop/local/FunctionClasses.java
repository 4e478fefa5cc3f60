package dev.printshop.local;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Arrays;
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
 * The classes and jars of functions, with AWS's runtime interface client, in a folder of this machine; functions with
 * the same content share it. The folder also has an archive of loaded classes, which a JVM maps instead of loading some
 * thousand classes from jars. It is the local cloud's substitute for SnapStart: like SnapStart at the publication of a
 * version, it initialises a function once and runs its hooks before the checkpoint. Then it ends the JVM, which writes
 * the archive.
 *
 * <p>An archive is valid for one class path of unchanged jars. So the folder's name is a hash of their content, and the
 * JVM ignores an archive whose jars have another size or time.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html">Class data sharing</a>
 */
final class FunctionClasses {

    private static final int PATIENCE_SECONDS = 120;

    /** The request of the runtime interface client when a function is ready for its snapshot. */
    private static final String READY = "/2018-06-01/runtime/restore/next";

    /** AWS's runtime interface client and its dependencies, as on this program's class path. */
    private static final List<String> RUNTIME_JARS = List.of(
            "aws-lambda-java-runtime-interface-client-", "aws-lambda-java-core-", "aws-lambda-java-serialization-");

    /** The classes of this project that replace those of the same names in the runtime interface client. */
    private static final List<String> RUNTIME_CLASSES = List.of(
            "com/amazonaws/services/lambda/runtime/api/client/runtimeapi/NativeClient.class",
            "com/amazonaws/services/lambda/crac/DNSManager.class");

    private final Path folder;

    private FunctionClasses(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies a function's classes and jars, unless a copy of the same content exists.
     *
     * @param all the folder for all functions
     * @param function the function's classes, with its dependencies in {@code lib}
     */
    static FunctionClasses of(Path all, Path function) {
        try {
            Files.createDirectories(all);
            Path folder = all.resolve(digest(function));
            if (!Files.exists(folder)) {
                Path unfinished = Files.createTempDirectory(all, "unfinished");
                // The class path is in the order of their names: this project's client of the runtime API comes before
                // AWS's.
                packRuntimeClasses(unfinished.resolve("1-runtime.jar"));
                for (Path jar : runtimeJars()) {
                    Files.copy(jar, unfinished.resolve("2-" + jar.getFileName()));
                }
                pack(function, unfinished.resolve("3-function.jar"));
                for (Path jar : filesIn(function.resolve("lib"))) {
                    Files.copy(jar, unfinished.resolve("4-" + jar.getFileName()));
                }
                Files.move(unfinished, folder);
            }
            return new FunctionClasses(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the folders of earlier deployments. Functions that still run have opened their jars. */
    static void deleteOthers(Path all, Set<Path> current) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, Files::isDirectory)) {
            for (Path folder : folders) {
                if (!current.contains(folder)) {
                    for (Path file : filesIn(folder)) {
                        Files.delete(file);
                    }
                    Files.delete(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
     * Initialises a function and creates the archive, unless it exists. There is none if the function ends while it is
     * initialised: its JVMs load the classes from their jars.
     *
     * @param environment the function's environment, as far as it is known before the deployment
     */
    void archiveClasses(String handler, Map<String, String> environment) {
        if (Files.exists(archive())) {
            return;
        }
        try {
            Path unfinished = folder.resolve("unfinished.jsa");
            if (initialise(handler, environment, unfinished) && Files.exists(unfinished)) {
                Files.move(unfinished, archive());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean initialise(String handler, Map<String, String> environment, Path archive) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "127.0.0.1:" + server.getAddress().getPort();
        ProcessBuilder builder = new ProcessBuilder(Stream.of(
                        Stream.of(System.getProperty("java.home") + "/bin/java"),
                        FunctionPackage.JVM_OPTIONS.stream(),
                        Stream.of("-XX:ArchiveClassesAtExit=" + archive, "-cp", classPath()),
                        Stream.of(AWSLambda.class.getName(), handler))
                .flatMap(parts -> parts)
                .toList());
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("archive.log").toFile());
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
                return false;
            }
            return ready.get();
        } catch (InterruptedException e) {
            function.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted", e);
        } finally {
            server.stop(0);
        }
    }

    /** A hash of the content of all files, and of the JVM and the runtime that will run them. */
    private static String digest(Path function) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                sink.write((System.getProperty("java.home") + System.getProperty("java.vm.version"))
                        .getBytes(StandardCharsets.UTF_8));
                for (String name : RUNTIME_CLASSES) {
                    sink.write(runtimeClass(name));
                }
                for (Path jar : runtimeJars()) {
                    Files.copy(jar, sink);
                }
                for (Path file : filesIn(function)) {
                    sink.write(function.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    Files.copy(file, sink);
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows SHA-256", e);
        }
    }

    private static List<Path> runtimeJars() {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return RUNTIME_JARS.stream()
                .map(prefix -> classPath.stream()
                        .filter(entry -> entry.getFileName().toString().startsWith(prefix))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(prefix + "*.jar is not on the class path")))
                .toList();
    }

    private static byte[] runtimeClass(String name) throws IOException {
        try (InputStream ours = FunctionClasses.class.getClassLoader().getResourceAsStream(name)) {
            if (ours == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return ours.readAllBytes();
        }
    }

    private static void packRuntimeClasses(Path jar) throws IOException {
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : RUNTIME_CLASSES) {
                entries.putNextEntry(new JarEntry(name));
                entries.write(runtimeClass(name));
                entries.closeEntry();
            }
        }
    }

    /** Packs a function's own classes and resources. */
    private static void pack(Path function, Path jar) throws IOException {
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : filesIn(function)) {
                Path name = function.relativize(file);
                if (!name.startsWith("lib")) {
                    entries.putNextEntry(new JarEntry(name.toString()));
                    Files.copy(file, entries);
                    entries.closeEntry();
                }
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
