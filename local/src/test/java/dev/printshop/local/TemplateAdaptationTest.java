package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class TemplateAdaptationTest {

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
    void streamEvents_areFoundByFunction() {
        assertThat(TemplateAdaptation.streamEvents(parse(TEMPLATE)))
                .isEqualTo(Map.of(
                        "EnrichScansFunction", Map.of("BatchSize", 100, "Enabled", true),
                        "RelayOrdersFunction", Map.of("BatchSize", 50)));
    }

    @Test
    void streamEvents_areDisabled_othersAreNot() {
        Map<String, Object> adapted = TemplateAdaptation.adapt(parse(TEMPLATE));

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

    @SuppressWarnings("unchecked") // a template is a mapping with text keys
    private static Map<String, Object> parse(String template) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(template);
    }
}
