package dev.printshop.local;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Converts a function that {@code sam build} built for the Java runtime to a custom runtime. */
final class FunctionPackage {

    private static final String NATIVE_CLIENT =
            "com/amazonaws/services/lambda/runtime/api/client/runtimeapi/NativeClient.class";

    /** AWS's runtime interface client and its dependencies, as on this program's class path. */
    private static final List<String> RUNTIME_JARS = List.of(
            "aws-lambda-java-runtime-interface-client-", "aws-lambda-java-core-", "aws-lambda-java-serialization-");

    /**
     * The heap has the size of Lambda's own runtime, about 85 % of the function's memory, so that a function that needs
     * more fails here as well. The log format is the template's, which the emulator doesn't set. The other flags make
     * short-lived JVMs start faster; the emulator doesn't support CBOR for Kinesis.
     */
    private static final String BOOTSTRAP = """
            #!/bin/sh
            runtime="$LAMBDA_TASK_ROOT/local-runtime"
            export AWS_LAMBDA_LOG_FORMAT=JSON
            exec "%s/bin/java" -Xmx"$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 85 / 100))m" \\
                -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto --enable-native-access=ALL-UNNAMED \\
                -Djava.awt.headless=true -Daws.cborEnabled=false \\
                -cp "$runtime:$runtime/*:$LAMBDA_TASK_ROOT:$LAMBDA_TASK_ROOT/lib/*" \\
                %s "$_HANDLER"
            """;

    private FunctionPackage() {}

    /** Copies a built function, with a bootstrap and the runtime's jars added. */
    static void adapt(Path built, Path adapted) {
        try {
            copyTree(built, adapted);
            Path bootstrap = adapted.resolve("bootstrap");
            Files.writeString(
                    bootstrap, BOOTSTRAP.formatted(System.getProperty("java.home"), AWSLambda.class.getName()));
            if (!bootstrap.toFile().setExecutable(true)) {
                throw new IOException(bootstrap + " can't be made executable");
            }
            addRuntime(adapted.resolve("local-runtime"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addRuntime(Path runtime) throws IOException {
        Path nativeClient = runtime.resolve(NATIVE_CLIENT);
        Files.createDirectories(nativeClient.getParent());
        try (var ours = FunctionPackage.class.getClassLoader().getResourceAsStream(NATIVE_CLIENT)) {
            if (ours == null) {
                throw new IllegalStateException(NATIVE_CLIENT + " is not on the class path");
            }
            Files.copy(ours, nativeClient, StandardCopyOption.REPLACE_EXISTING);
        }
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        for (String prefix : RUNTIME_JARS) {
            Path jar = classPath.stream()
                    .filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(prefix + "*.jar is not on the class path"));
            Files.copy(jar, runtime.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
