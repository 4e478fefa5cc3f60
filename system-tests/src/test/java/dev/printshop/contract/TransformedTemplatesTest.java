package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The templates after SAM's transformation: number of resources, policies, and changes that publish a new version. */
@Tag("contract")
class TransformedTemplatesTest {

    private static final Path ROOT = Path.of("..");
    private static final Transformer TRANSFORMER = new Transformer();

    /**
     * A stack has at most 500 resources, and some of them exist twice during a deployment.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html">Quotas of
     *     CloudFormation</a>
     */
    private static final int MAX_RESOURCES = 400;

    @TempDir
    Path folder;

    @AfterAll
    static void stopTransformer() {
        TRANSFORMER.close();
    }

    static Stream<Path> templates() {
        return Stream.concat(
                Stream.of(ROOT.resolve("template.yaml")),
                ContractTest.PROJECT.moduleTemplates().stream().map(ROOT::resolve));
    }

    static Stream<Path> modules() {
        return templates().skip(1);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void stack_hasFewerResourcesThanItMay(Path template) {
        assertThat(resources(template, "").size()).isBetween(1, MAX_RESOURCES);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void role_hasNoManagedPolicies(Path template) {
        assertThat(resources(template, ""))
                .allSatisfy((_, resource) -> assertThat(properties(resource).get("ManagedPolicyArns"))
                        .isIn(null, List.of()));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void newRelease_publishesANewVersionOfEachFunction(Path template) {
        Set<String> before = versions(resources(template, "a".repeat(64)));
        Set<String> after = versions(resources(template, "b".repeat(64)));

        assertThat(before).hasSize(functions(resources(template, "")).size()).isNotEmpty();
        assertThat(after).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void changedSetting_publishesANewVersion_withoutARelease(Path template) throws IOException {
        // given
        Path changed = folder.resolve("template.yaml");
        Files.writeString(changed, Files.readString(template).replaceFirst("MemorySize: \\d+", "MemorySize: 3008"));

        // when
        Set<String> before = versions(resources(template, ""));
        Set<String> after = versions(TRANSFORMER.resources(changed, parameters(template, "")));

        // then
        assertThat(after).hasSameSizeAs(before);
        assertThat(before.stream().filter(version -> !after.contains(version))).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void eachStageOfAnApi_isReferredToByAnAssociationWithTheFirewall(Path template) {
        Map<String, Object> resources = resources(template, "");
        List<String> associated = idsOf("AWS::WAFv2::WebACLAssociation", resources).stream()
                .map(id -> String.valueOf(properties(resources.get(id)).get("ResourceArn")))
                .toList();

        assertThat(idsOf("AWS::ApiGateway::Stage", resources))
                .hasSameSizeAs(associated)
                .allSatisfy(stage ->
                        assertThat(associated).anyMatch(arn -> arn.contains("/stages/${%s}".formatted(stage))));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void versionOfAFunction_isDeletedWhenTheNextOneIsPublished(Path template) {
        Map<String, Object> resources = resources(template, "");

        assertThat(versions(resources))
                .isNotEmpty()
                .allSatisfy(version -> assertThat((Map<?, ?>) resources.get(version))
                        .extracting("DeletionPolicy")
                        .isEqualTo("Delete"));
    }

    private static Map<String, Object> resources(Path template, String release) {
        return TRANSFORMER.resources(template, parameters(template, release));
    }

    /** A value for each parameter. */
    private static Map<String, String> parameters(Path template, String release) {
        Map<String, String> parameters = new HashMap<>();
        TemplateReader.read(template)
                .root()
                .at("Parameters")
                .fields()
                .forEach((name, parameter) -> parameters.put(
                        name,
                        parameter.at("AllowedValues").items().isEmpty()
                                ? name.toLowerCase(Locale.ROOT)
                                : parameter
                                        .at("AllowedValues")
                                        .items()
                                        .getFirst()
                                        .text()));
        parameters.replaceAll((name, value) -> name.endsWith("Release") ? release : value);
        return parameters;
    }

    private static Set<String> versions(Map<String, Object> resources) {
        return idsOf("AWS::Lambda::Version", resources);
    }

    private static Set<String> functions(Map<String, Object> resources) {
        return idsOf("AWS::Lambda::Function", resources);
    }

    private static Set<String> idsOf(String type, Map<String, Object> resources) {
        Set<String> ids = new TreeSet<>();
        resources.forEach((id, resource) -> {
            if (type.equals(((Map<?, ?>) resource).get("Type"))) {
                ids.add(id);
            }
        });
        return ids;
    }

    private static Map<?, ?> properties(Object resource) {
        return ((Map<?, ?>) resource).get("Properties") instanceof Map<?, ?> properties ? properties : Map.of();
    }
}
