package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module's release changes exactly with the content of its deployment. */
@Tag("contract")
class ReleasesTest {

    private static final Path ROOT = Path.of("..");

    private static final Path SCRIPT =
            Path.of("..", "local", "bin", "releases").toAbsolutePath().normalize();

    @TempDir
    Path build;

    @BeforeEach
    void buildTwoModules() throws IOException {
        write("template.yaml", "the root");
        write("Orders/template.yaml", "the orders");
        write("Orders/TakeOrders/lib/code.jar", "code");
        write("Reports/template.yaml", "the reports");
    }

    @Test
    void release_isAHash_inTheFormOfAParameter() throws Exception {
        assertThat(releases("Stage=dev")).hasSize(2).first().asString().matches("OrdersRelease=[0-9a-f]{64}");
    }

    @Test
    void sameContent_isTheSameRelease() throws Exception {
        assertThat(releases("Stage=dev")).isEqualTo(releases("Stage=dev"));
    }

    @Test
    void otherCode_isAnotherReleaseOfItsModuleOnly() throws Exception {
        List<String> before = releases("Stage=dev");
        write("Orders/TakeOrders/lib/code.jar", "Code");
        List<String> after = releases("Stage=dev");

        assertThat(after.getFirst()).isNotEqualTo(before.getFirst());
        assertThat(after.getLast()).isEqualTo(before.getLast());
    }

    @Test
    void otherTemplate_isAnotherRelease() throws Exception {
        List<String> before = releases("Stage=dev");
        write("Reports/template.yaml", "the reports, with another value in a mapping");

        assertThat(releases("Stage=dev").getLast()).isNotEqualTo(before.getLast());
    }

    @Test
    void otherParameterOrRoot_isAnotherReleaseOfAll() throws Exception {
        List<String> before = releases("Stage=dev");

        assertThat(releases("Stage=prod")).doesNotContainAnyElementsOf(before);
        write("template.yaml", "another root");
        assertThat(releases("Stage=dev")).doesNotContainAnyElementsOf(before);
    }

    @Test
    void functionOfTheRoot_hasAReleaseOfItsOwn() throws Exception {
        // given
        write("AuthenticateUserFunction/lib/code.jar", "code");
        List<String> before = releases("Stage=dev");

        // when
        write("AuthenticateUserFunction/lib/code.jar", "Code");
        List<String> after = releases("Stage=dev");

        // then
        assertThat(before).hasSize(3).first().asString().matches("AuthenticateUserFunctionRelease=[0-9a-f]{64}");
        assertThat(after.getFirst()).isNotEqualTo(before.getFirst());
        assertThat(after.subList(1, 3)).isEqualTo(before.subList(1, 3));
    }

    /** A parameter that isn't given keeps its last value, and with it a plain {@code sam deploy} the last version. */
    @Test
    void plainDeployment_setsAllReleasesToNothing() throws IOException {
        String releases =
                TemplateReader.read(ROOT.resolve("template.yaml")).root().at("Parameters").fields().keySet().stream()
                        .filter(name -> name.endsWith("Release"))
                        .map(name -> " %s=\\\"\\\"".formatted(name))
                        .collect(Collectors.joining());

        assertThat(Files.readAllLines(ROOT.resolve("samconfig.toml")))
                .filteredOn(line -> line.startsWith("parameter_overrides = \"Stage="))
                .filteredOn(line -> !line.contains("Stage=local"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains(releases));
    }

    private void write(String file, String content) throws IOException {
        Path path = build.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private List<String> releases(String... parameters) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), build.toString()));
        command.addAll(List.of(parameters));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return List.of(output.strip().split(" "));
    }
}
