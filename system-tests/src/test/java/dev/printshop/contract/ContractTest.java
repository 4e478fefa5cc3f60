package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.contract.rules.AccessLogs;
import dev.printshop.contract.rules.AlarmMetrics;
import dev.printshop.contract.rules.AuthorizedRoutes;
import dev.printshop.contract.rules.Buckets;
import dev.printshop.contract.rules.BuildTargets;
import dev.printshop.contract.rules.CallTimeouts;
import dev.printshop.contract.rules.Concurrency;
import dev.printshop.contract.rules.DashboardMetrics;
import dev.printshop.contract.rules.DataLake;
import dev.printshop.contract.rules.DeadLetterAlarms;
import dev.printshop.contract.rules.Devices;
import dev.printshop.contract.rules.Encryption;
import dev.printshop.contract.rules.EnvironmentVariables;
import dev.printshop.contract.rules.EventContracts;
import dev.printshop.contract.rules.FailureDestinations;
import dev.printshop.contract.rules.Firewall;
import dev.printshop.contract.rules.FunctionConventions;
import dev.printshop.contract.rules.HandlerResolves;
import dev.printshop.contract.rules.InputTypeFitsEventSource;
import dev.printshop.contract.rules.LeastPrivilege;
import dev.printshop.contract.rules.Libraries;
import dev.printshop.contract.rules.Liveness;
import dev.printshop.contract.rules.LogGroups;
import dev.printshop.contract.rules.Memory;
import dev.printshop.contract.rules.MethodAccess;
import dev.printshop.contract.rules.Modules;
import dev.printshop.contract.rules.NothingUnused;
import dev.printshop.contract.rules.PartialBatches;
import dev.printshop.contract.rules.Permissions;
import dev.printshop.contract.rules.PlatformPermissions;
import dev.printshop.contract.rules.QueuePolicies;
import dev.printshop.contract.rules.QueueRetentions;
import dev.printshop.contract.rules.ReadableUploads;
import dev.printshop.contract.rules.RemovedPhotos;
import dev.printshop.contract.rules.RequiredOutputs;
import dev.printshop.contract.rules.ResourceVariables;
import dev.printshop.contract.rules.Retention;
import dev.printshop.contract.rules.RoleResources;
import dev.printshop.contract.rules.SampleEvents;
import dev.printshop.contract.rules.Stages;
import dev.printshop.contract.rules.StateMachines;
import dev.printshop.contract.rules.TableNames;
import dev.printshop.contract.rules.Tables;
import dev.printshop.contract.rules.Throttles;
import dev.printshop.contract.rules.VisibilityTimeouts;
import dev.printshop.contract.rules.Watermarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The template against the code, and the rules themselves against templates that break them. docs/contract-tests.md
 * explains each rule.
 */
@Tag("contract")
class ContractTest {

    static final List<Rule> RULES = List.of(
            new HandlerResolves(),
            new InputTypeFitsEventSource(),
            new PartialBatches(),
            new EnvironmentVariables(),
            new AlarmMetrics(),
            new DashboardMetrics(),
            new DeadLetterAlarms(),
            new FailureDestinations(),
            new QueuePolicies(),
            new VisibilityTimeouts(),
            new QueueRetentions(),
            new RemovedPhotos(),
            new CallTimeouts(),
            new LeastPrivilege(),
            new Permissions(),
            new PlatformPermissions(),
            new FunctionConventions(),
            new LogGroups(),
            new Encryption(),
            new Buckets(),
            new ReadableUploads(),
            new Tables(),
            new TableNames(),
            new ResourceVariables(),
            new MethodAccess(),
            new AuthorizedRoutes(),
            new AccessLogs(),
            new Firewall(),
            new Throttles(),
            new Memory(),
            new Concurrency(),
            new Liveness(),
            new Retention(),
            new RoleResources(),
            new DataLake(),
            new Devices(),
            new Watermarks(),
            new StateMachines(),
            new BuildTargets(),
            new Libraries(),
            new SampleEvents(),
            new EventContracts(),
            new RequiredOutputs(),
            new Stages(),
            new NothingUnused(),
            new Modules());

    private static final Path ROOT = Path.of("..");
    private static final Path EXAMPLES = Path.of("src", "test", "resources", "contract");
    static final Project PROJECT = new Project(ROOT, new Code("dev.printshop.events"));
    private static final Code EXAMPLE_CODE = new Code("dev.printshop.contract.events");

    @ParameterizedTest
    @MethodSource("rules")
    void template_keepsTheRule(Rule rule) {
        Template template = TemplateReader.read(ROOT.resolve("template.yaml"));

        assertThat(rule.check(template, PROJECT))
                .extracting(violation -> template.placeOf(violation.resource()) + ": " + violation)
                .as(rule.ruleName())
                .isEmpty();
    }

    /** A broken template names its violation in the first comment: the resource, and a part of the message. */
    @ParameterizedTest
    @MethodSource("brokenTemplates")
    void brokenTemplate_isFoundByTheRuleWithTheResourceAndTheReason(Rule rule, Path file) throws IOException {
        // given
        String[] expected = expectation(file);

        // when
        List<Violation> violations = rule.check(TemplateReader.read(file), projectOf(file));

        // then
        assertThat(violations).as(file.toString()).singleElement().satisfies(violation -> {
            assertThat(violation.resource()).isEqualTo(expected[0]);
            assertThat(violation.rule()).isEqualTo(rule.ruleName());
            assertThat(violation.toString())
                    .startsWith(expected[0] + " breaks the rule " + rule.ruleName())
                    .contains(expected[1]);
        });
    }

    /** Valid forms that template.yaml doesn't contain. */
    @ParameterizedTest
    @MethodSource("goodTemplates")
    void goodTemplate_keepsTheRule(Rule rule, Path file) {
        assertThat(rule.check(TemplateReader.read(file), projectOf(file)))
                .as(file.toString())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_isTriedAndExplained(Rule rule) throws IOException {
        assertThat(files(rule, "broken"))
                .as("broken templates of " + rule.ruleName())
                .isNotEmpty();
        assertThat(Files.readString(ROOT.resolve("docs/contract-tests.md")))
                .contains("`%s`".formatted(rule.ruleName()));
    }

    static Stream<Named<Rule>> rules() {
        return RULES.stream().map(rule -> Named.of(rule.ruleName(), rule));
    }

    static Stream<Arguments> brokenTemplates() {
        return examples("broken");
    }

    static Stream<Arguments> goodTemplates() {
        return examples("good");
    }

    private static Stream<Arguments> examples(String kind) {
        return RULES.stream()
                .flatMap(rule -> files(rule, kind).stream()
                        .map(file -> Arguments.of(
                                Named.of(rule.ruleName(), rule),
                                Named.of(file.getFileName().toString(), file))));
    }

    /** The rule's templates of a kind: broken ones are in the rule's folder, good ones below it. */
    private static List<Path> files(Rule rule, String kind) {
        Path folder = EXAMPLES.resolve(rule.ruleName());
        Path ofKind = kind.equals("good") ? folder.resolve("good") : folder;
        if (!Files.exists(ofKind)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(ofKind)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From {@code # ResizePhotoFunction: no class}: the resource, and a part of the message. */
    private static String[] expectation(Path file) throws IOException {
        return Files.readAllLines(file).getFirst().substring(2).split(": ", 2);
    }

    /** Further files of a template are in a folder of its name. */
    private static Project projectOf(Path file) {
        Path own = Path.of(file.toString().replaceFirst("\\.yaml$", ""));
        return Files.isDirectory(own) ? new Project(own, EXAMPLE_CODE) : PROJECT;
    }
}
