package dev.printshop.local;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The local cloud's package of a function: a custom runtime that starts the classes and jars that {@code sam build}
 * built. It has only a {@code bootstrap}, because the classes and jars stay on this machine, in a folder of
 * {@link FunctionClasses}. So the local cloud holds no copy of them for each function.
 */
final class FunctionPackage {

    /** Flags with which short-lived JVMs start faster, and CBOR for Kinesis, which the emulator doesn't support. */
    static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-Daws.cborEnabled=false");

    /**
     * The heap has the size of Lambda's own runtime, about 85 % of the function's memory, so that a function that needs
     * more fails here as well. The log format is the template's, which the emulator doesn't set. Without an archive, or
     * with one that doesn't fit, the JVM loads the classes from their jars; its own log, which would report that, is
     * not part of the function's log.
     */
    private static final String BOOTSTRAP = """
            #!/bin/sh
            export AWS_LAMBDA_LOG_FORMAT=JSON
            exec "%s/bin/java" -Xmx"$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 85 / 100))m" \\
                %s -Xlog:disable -Xshare:auto "-XX:SharedArchiveFile=%s" \\
                -cp "%s" %s "$_HANDLER"
            """;

    private FunctionPackage() {}

    /** Writes the package of a function. */
    static void write(Path folder, FunctionClasses classes) {
        try {
            Path bootstrap = Files.createDirectories(folder).resolve("bootstrap");
            Files.writeString(
                    bootstrap,
                    BOOTSTRAP.formatted(
                            System.getProperty("java.home"),
                            JVM_OPTIONS.stream().collect(Collectors.joining(" ")),
                            classes.archive(),
                            classes.classPath(),
                            AWSLambda.class.getName()));
            if (!bootstrap.toFile().setExecutable(true)) {
                throw new IOException(bootstrap + " can't be made executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
