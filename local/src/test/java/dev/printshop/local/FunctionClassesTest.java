package dev.printshop.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive belongs to one content, so that no JVM runs older classes than those that were built. */
class FunctionClassesTest {

    private static final String HANDLER = EchoHandler.class.getName();

    @TempDir
    Path folder;

    /** A function. */
    public static final class EchoHandler implements RequestHandler<String, String> {

        @Override
        public String handleRequest(String event, Context context) {
            return event;
        }

        public static void main(String[] arguments) {
            System.out.println(
                    EchoHandler.class.getProtectionDomain().getCodeSource().getLocation());
        }
    }

    /** A function whose JVM ends before it is initialised. */
    public static final class EndingHandler implements RequestHandler<String, String> {

        public EndingHandler() {
            Runtime.getRuntime().halt(1);
        }

        @Override
        public String handleRequest(String event, Context context) {
            return event;
        }
    }

    @BeforeEach
    void build() throws IOException {
        for (Class<?> handler : List.of(EchoHandler.class, EndingHandler.class)) {
            String file = handler.getName().replace('.', '/') + ".class";
            Path target = function().resolve(file);
            Files.createDirectories(target.getParent());
            try (InputStream content = requireNonNull(handler.getClassLoader().getResourceAsStream(file))) {
                Files.copy(content, target);
            }
        }
    }

    @Test
    void sameContent_isOneFolder() {
        assertThat(classes().folder()).isEqualTo(classes().folder());
    }

    @Test
    void otherContent_isAnotherFolder_andDeletesTheEarlier() throws IOException {
        // given
        Path before = classes().folder();

        // when
        Files.createDirectories(function().resolve("lib"));
        Files.write(function().resolve("lib/new.jar"), new byte[] {1});
        Path after = classes().folder();
        FunctionClasses.deleteOthers(all(), Set.of(after));

        // then
        assertThat(after).isNotEqualTo(before).isDirectoryContaining("glob:**4-new.jar");
        assertThat(before).doesNotExist();
    }

    @Test
    void archive_isMappedByTheJvm() throws IOException {
        FunctionClasses classes = classes();

        classes.archiveClasses(HANDLER, Map.of());

        assertThat(loadingOfTheHandler(classes)).hasSize(1).first().asString().endsWith("shared objects file (top)");
    }

    @Test
    void archiveOfChangedJars_isIgnored() throws IOException {
        // given
        FunctionClasses classes = classes();
        classes.archiveClasses(HANDLER, Map.of());

        // when
        Path jar = classes.folder().resolve("3-function.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

        // then
        assertThat(loadingOfTheHandler(classes)).hasSize(1).first().asString().contains("3-function.jar");
    }

    @Test
    void functionThatEndsAtInit_hasNoArchive() {
        FunctionClasses classes = classes();

        classes.archiveClasses(EndingHandler.class.getName(), Map.of());

        assertThat(classes.archive()).doesNotExist();
    }

    private Path function() {
        return folder.resolve("EchoFunction");
    }

    private Path all() {
        return folder.resolve("all");
    }

    private FunctionClasses classes() {
        return FunctionClasses.of(all(), function());
    }

    /** The lines of the JVM's log about the handler's class. */
    private static List<String> loadingOfTheHandler(FunctionClasses classes) throws IOException {
        Process java = new ProcessBuilder(Stream.of(
                                Stream.of(System.getProperty("java.home") + "/bin/java", "-Xlog:class+load"),
                                FunctionPackage.JVM_OPTIONS.stream(),
                                Stream.of("-XX:SharedArchiveFile=" + classes.archive()),
                                Stream.of("-cp", classes.classPath(), HANDLER))
                        .flatMap(parts -> parts)
                        .toList())
                .redirectErrorStream(true)
                .start();
        try (Stream<String> lines = java.inputReader().lines()) {
            return lines.filter(line -> line.contains(HANDLER + " source:")).toList();
        }
    }
}
