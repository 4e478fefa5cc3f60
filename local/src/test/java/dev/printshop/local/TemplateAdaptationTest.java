package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The real template and its adaptation differ exactly in the listed differences. */
class TemplateAdaptationTest {

    private static final String ENDPOINT = "http://127.0.0.1:4566";

    private static final String TEMPLATE = """
            Resources:
              EnrichScansFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Events:
                    Scans: {Type: Kinesis, Properties: {BatchSize: 100, Enabled: true}}
                    Orders: {Type: SQS, Properties: {BatchSize: 10}}
              RelayOrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Events:
                    Changes: {Type: DynamoDB, Properties: {BatchSize: 50}}
              ResizePhotoFunction:
                Type: AWS::Serverless::Function
                Properties: {Events: {Created: {Type: EventBridgeRule, Properties: {}}}}
            """;

    @Test
    void adaptedTemplates_differFromTheRealOnesInWhatTheListOfDifferencesSaysOnly() throws IOException {
        // given
        Set<String> differences = new TreeSet<>();
        for (String folder : List.of(".", "gallery-updater", "stream-enricher")) {
            Map<String, Object> template = realTemplate(folder + "/template.yaml");

            // when
            differences(folder + ": ", template, TemplateAdaptation.adapt(template, ENDPOINT)).stream()
                    .map(difference -> difference.replaceFirst("\\{Type=(AWS::[\\w:]+), .*} -> absent", "$1 -> absent"))
                    .forEach(differences::add);
        }

        // then
        assertThat(differences)
                .containsExactlyInAnyOrder(
                        ".: Parameters.Stage.AllowedValues: [dev, staging, prod] -> [dev, staging, prod, local]",
                        "gallery-updater: Parameters.Stage.AllowedValues:"
                                + " [dev, staging, prod] -> [dev, staging, prod, local]",
                        "stream-enricher: Parameters.Stage.AllowedValues:"
                                + " [dev, staging, prod] -> [dev, staging, prod, local]",
                        ".: Resources.EventArchive: AWS::Events::Archive -> absent",
                        ".: Resources.AuthenticateUserErrorsAlarm: AWS::CloudWatch::Alarm -> absent",
                        ".: Globals.Function.Runtime: java25 -> provided.al2023",
                        ".: Globals.Function.SnapStart: {ApplyOn=PublishedVersions} -> absent",
                        ".: Resources.AuthenticateUserFunction.Properties.Environment.Variables.KEY_SET_URL.Fn::Sub:"
                                + " https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${UserPool}/.well-known/jwks.json"
                                + " -> http://127.0.0.1:4566/${UserPool}/.well-known/jwks.json",
                        "stream-enricher: Resources.ParcelEventsLostAlarm: AWS::CloudWatch::Alarm -> absent",
                        "stream-enricher: Resources.ParcelEventsDelayAlarm: AWS::CloudWatch::Alarm -> absent",
                        "stream-enricher: Resources.EnrichScansLivenessAlarm: AWS::CloudWatch::Alarm -> absent",
                        "stream-enricher: Resources.AggregateHubsLivenessAlarm: AWS::CloudWatch::Alarm -> absent",
                        "stream-enricher: Resources.FindSilentParcelsLivenessAlarm: AWS::CloudWatch::Alarm -> absent",
                        "gallery-updater: Globals.Function.Runtime: java25 -> provided.al2023",
                        "gallery-updater: Globals.Function.SnapStart: {ApplyOn=PublishedVersions} -> absent",
                        "stream-enricher: Globals.Function.Runtime: java25 -> provided.al2023",
                        "stream-enricher: Globals.Function.SnapStart: {ApplyOn=PublishedVersions} -> absent",
                        "stream-enricher: Resources.AlertSupportFunction.Properties.Environment.Variables.TRACKING_URL"
                                + ".Fn::Sub: https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/v1/parcels"
                                + " -> http://127.0.0.1:4566/restapis/${Api}/v1/_user_request_/parcels",
                        "stream-enricher: Resources.EnrichScansFunction.Properties.Events.Scans.Properties.Enabled:"
                                + " absent -> false",
                        "stream-enricher: Resources.AggregateHubsFunction.Properties.Events.Scans.Properties.Enabled:"
                                + " absent -> false");
        assertThat(TemplateAdaptation.DIFFERENCES).hasSize(9);
    }

    @Test
    void functionWithSettingsOfItsOwn_isAdaptedLikeTheGlobalOnes() {
        // given
        Map<String, Object> template = Map.of(
                "Resources",
                Map.of(
                        "JavaFunction",
                        function(Map.of("Runtime", "java25", "SnapStart", Map.of("ApplyOn", "None"), "Timeout", 3)),
                        "PythonFunction",
                        function(Map.of("Runtime", "python3.14")),
                        "Queue",
                        Map.of("Type", "AWS::SQS::Queue", "Properties", Map.of("Runtime", "java25"))));

        // then
        assertThat(differences("", template, TemplateAdaptation.adapt(template, ENDPOINT)))
                .containsExactlyInAnyOrder(
                        "Resources.JavaFunction.Properties.Runtime: java25 -> provided.al2023",
                        "Resources.JavaFunction.Properties.SnapStart: {ApplyOn=None} -> absent");
    }

    @Test
    void adaptation_leavesTheOriginalAsItWas() throws IOException {
        // given
        Map<String, Object> template = realTemplate("gallery-updater/template.yaml");

        // when
        TemplateAdaptation.adapt(template, ENDPOINT);

        // then
        assertThat(template).isEqualTo(realTemplate("gallery-updater/template.yaml"));
    }

    @Test
    void codeFolders_areThoseOfTheFunctionsAndOfNothingElse() {
        // given
        Map<String, Object> template = Map.of(
                "Resources",
                Map.of(
                        "ResizePhotoFunction",
                        function(Map.of("CodeUri", "ResizePhotoFunction")),
                        "Queue",
                        Map.of("Type", "AWS::SQS::Queue", "Properties", Map.of())));

        // then
        assertThat(TemplateAdaptation.codeFolders(template))
                .containsExactly(Map.entry("ResizePhotoFunction", "ResizePhotoFunction"));
    }

    @Test
    void definitionOfAStateMachine_isReadFromTheCopyBesideTheTemplate() {
        // given
        Map<String, Object> template = parse("""
                Resources:
                  OrderFulfilment:
                    Type: AWS::Serverless::StateMachine
                    Properties: {DefinitionUri: ../statemachines/order-fulfilment.asl.yaml}
                """);

        // then
        assertThat(TemplateAdaptation.definitionFiles(template))
                .containsExactly(Map.entry("OrderFulfilment", "../statemachines/order-fulfilment.asl.yaml"));
        assertThat(differences("", template, TemplateAdaptation.adapt(template, ENDPOINT)))
                .containsExactly("Resources.OrderFulfilment.Properties.DefinitionUri:"
                        + " ../statemachines/order-fulfilment.asl.yaml -> OrderFulfilment.asl.yaml");
    }

    @Test
    void urlOfAFunction_isItsPathInTheEmulator() {
        // given
        Map<String, Object> template = parse("""
                Resources:
                  TakePaymentFunction:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment:
                        Variables:
                          PROVIDER:
                            Fn::If: [HasProvider, {Ref: Url}, {"Fn::GetAtt": [SandboxFunctionUrl, FunctionUrl]}]
                """);

        // then
        assertThat(TemplateAdaptation.adapt(template, ENDPOINT).toString())
                .contains("PROVIDER={Fn::If=[HasProvider, {Ref=Url}, {Fn::Join=[, [" + ENDPOINT + "/_aws/lambda-url/,");
    }

    @Test
    void streamEvents_areFoundByFunction() {
        assertThat(TemplateAdaptation.streamEvents(parse(TEMPLATE)))
                .isEqualTo(Map.of(
                        "EnrichScansFunction", Map.of("BatchSize", 100, "Enabled", true),
                        "RelayOrdersFunction", Map.of("BatchSize", 50)));
    }

    @Test
    void streamEvents_areDisabled_othersAreNot() {
        Map<String, Object> adapted = TemplateAdaptation.adapt(parse(TEMPLATE), ENDPOINT);

        assertThat(TemplateAdaptation.streamEvents(adapted))
                .isEqualTo(Map.of(
                        "EnrichScansFunction", Map.of("BatchSize", 100, "Enabled", false),
                        "RelayOrdersFunction", Map.of("BatchSize", 50, "Enabled", false)));
        assertThat(adapted.toString()).containsOnlyOnce("Orders={Type=SQS, Properties={BatchSize=10}}");
    }

    @Test
    void functionOfTwoStreams_isRefused() {
        Map<String, Object> template = parse(TEMPLATE.replace("Type: SQS", "Type: DynamoDB"));

        assertThatThrownBy(() -> TemplateAdaptation.streamEvents(template))
                .isInstanceOf(LocalCloudException.class)
                .hasMessage("EnrichScansFunction follows 2 streams; the local cloud can follow one");
    }

    private static Map<String, Object> function(Map<String, Object> properties) {
        return Map.of("Type", "AWS::Serverless::Function", "Properties", properties);
    }

    /** Each place where two templates differ, as in {@code Resources.Queue.Type: before -> after}. */
    private static Set<String> differences(String path, Object before, Object after) {
        Set<String> differences = new TreeSet<>();
        if (before instanceof Map<?, ?> mapBefore && after instanceof Map<?, ?> mapAfter) {
            Set<Object> keys = new TreeSet<>(mapBefore.keySet());
            keys.addAll(mapAfter.keySet());
            for (Object key : keys) {
                differences.addAll(differences(
                        path.isEmpty() || path.endsWith(" ") ? path + key : path + "." + key,
                        mapBefore.containsKey(key) ? mapBefore.get(key) : "absent",
                        mapAfter.containsKey(key) ? mapAfter.get(key) : "absent"));
            }
        } else if (!before.equals(after)) {
            differences.add("%s: %s -> %s".formatted(path, before, after));
        }
        return differences;
    }

    @SuppressWarnings("unchecked") // a template is a mapping with text keys
    private static Map<String, Object> parse(String template) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(template);
    }

    @SuppressWarnings("unchecked") // a template is a mapping with text keys
    private static Map<String, Object> realTemplate(String file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new TemplateSchema()).build();
        String text = Files.readString(LocalCloudExtension.ROOT.resolve(file));
        return (Map<String, Object>) new Load(settings).loadFromString(text);
    }

    /** YAML with the short forms of CloudFormation's functions, which are read as a mapping from name to arguments. */
    private static final class TemplateSchema extends CoreSchema {

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            Map<Tag, ConstructNode> constructors = new LinkedHashMap<>(super.getSchemaTagConstructors());
            for (String function : List.of("Ref", "Sub", "GetAtt", "FindInMap", "Not", "Equals", "If")) {
                String longForm = function.equals("Ref") ? function : "Fn::" + function;
                constructors.put(new Tag("!" + function), node -> Map.of(longForm, read(node)));
            }
            return constructors;
        }

        private static Object read(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode list ->
                    list.getValue().stream().map(TemplateSchema::read).toList();
                case MappingNode map -> map.getValue().toString();
                default -> throw new IllegalArgumentException(node.toString());
            };
        }
    }
}
