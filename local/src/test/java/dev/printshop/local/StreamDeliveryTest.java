package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.redrive.Redrive;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A template's streams, deployed: its own settings, a real function, and the poller in its process. */
@Tag("component")
class StreamDeliveryTest {

    private static final Console SILENT = new Console(new PrintStream(OutputStream.nullOutputStream()));

    private static final String TEMPLATE = """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Scans:
                Type: AWS::Kinesis::Stream
                Properties: {Name: scans, ShardCount: 1}
              Failures:
                Type: AWS::SQS::Queue
                Properties: {QueueName: failures}
              FollowScansFunction:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: printshop-local-follow-scans
                  Runtime: python3.12
                  Handler: index.handler
                  AutoPublishAlias: live
                  InlineCode: |
                    import base64
                    def handler(event, context):
                        texts = [base64.b64decode(r["kinesis"]["data"]).decode() for r in event["Records"]]
                        if "poison" in texts:
                            raise Exception("poison")
                        for text in texts:
                            print("got", text, "by", context.invoked_function_arn.split(":")[-1])
                        return {"batchItemFailures": []}
                  Events:
                    Scans:
                      Type: Kinesis
                      Properties:
                        Stream: {Fn::GetAtt: [Scans, Arn]}
                        StartingPosition: LATEST
                        MaximumRetryAttempts: 0
                        BisectBatchOnFunctionError: true
                        FunctionResponseTypes: [ReportBatchItemFailures]
                        DestinationConfig:
                          OnFailure: {Type: SQS, Destination: {Fn::GetAtt: [Failures, Arn]}}
              CountScansFunction:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: printshop-local-count-scans
                  Runtime: python3.12
                  Handler: index.handler
                  AutoPublishAlias: live
                  InlineCode: |
                    def handler(event, context):
                        count = event["state"].get("count", 0) + len(event["Records"])
                        if event["isFinalInvokeForWindow"]:
                            print("counted", count)
                        return {"state": {"count": count}}
                  Events:
                    Scans:
                      Type: Kinesis
                      Properties:
                        Stream: {Fn::GetAtt: [Scans, Arn]}
                        StartingPosition: TRIM_HORIZON
                        TumblingWindowInSeconds: 1
              IgnoreScansFunction:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: printshop-local-ignore-scans
                  Runtime: python3.12
                  Handler: index.handler
                  InlineCode: |
                    def handler(event, context):
                        print("got something")
                  Events:
                    Scans:
                      Type: Kinesis
                      Properties:
                        Enabled: false
                        Stream: {Fn::GetAtt: [Scans, Arn]}
                        StartingPosition: TRIM_HORIZON
            """;

    private static final Workspace WORKSPACE = LocalCloudExtension.workspace("test-stream-delivery");
    private static final Emulator EMULATOR = new Emulator(WORKSPACE);
    private static final StreamPollerProcess POLLER = new StreamPollerProcess(WORKSPACE);

    private final Stack stack = new Stack(WORKSPACE, Map.of());
    private final KinesisClient kinesis = stack.client(KinesisClient.builder());
    private final SqsClient sqs = stack.client(SqsClient.builder());
    private final Instant start = Instant.now();
    private final FunctionLogs logs = new FunctionLogs(WORKSPACE);

    @BeforeAll
    @SuppressWarnings("unchecked") // a template is a mapping with text keys
    static void deploy() throws IOException {
        Files.createDirectories(WORKSPACE.build());
        Files.createDirectories(WORKSPACE.deployment());
        Files.writeString(WORKSPACE.build().resolve("template.yaml"), TEMPLATE);
        Object template = new Load(LoadSettings.builder().build()).loadFromString(TEMPLATE);
        Files.writeString(
                WORKSPACE.deployment().resolve("template.yaml"),
                JSON.std.asString(TemplateAdaptation.adapt((Map<String, Object>) template, "http://127.0.0.1:4566")));
        EMULATOR.start();
        new Deployment(WORKSPACE, SILENT).deploy();
        POLLER.start();
    }

    @AfterAll
    static void stop() {
        POLLER.stop();
        EMULATOR.stop();
    }

    @Test
    void streamsOfTheTemplate_areDeliveredByTheSettingsItHas_andWhatFailedCanBeRedriven() throws IOException {
        // given
        String queueUrl = sqs.getQueueUrl(get -> get.queueName("failures")).queueUrl();

        // when
        Stream.of("one", "poison", "two").forEach(this::put);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> linesOf("FollowScansFunction", "got").size() == 2);
        await().until(() -> waiting(queueUrl) == 1);

        // then each function got its records once through its alias, and the emulator made no further deliveries
        assertThat(linesOf("FollowScansFunction", "got")).containsExactly("got one by live", "got two by live");
        await().until(() -> counted() == 3);

        // when the poller is restarted, as after each deployment
        POLLER.start();
        put("three");
        await().until(() -> linesOf("FollowScansFunction", "got three").size() == 1);

        // and the failed record is put into the stream again, after the function is corrected
        correct("FollowScansFunction");
        Redrive.Result result = new Redrive(sqs, kinesis, stack.client(LambdaClient.builder()), new Console(System.out))
                .redrive(queueUrl);

        // then
        assertThat(result).isEqualTo(new Redrive.Result(1, 0));
        await().until(() -> linesOf("FollowScansFunction", "got poison").size() == 1);
        await().until(() -> counted() == 5);
        assertThat(linesOf("FollowScansFunction", "got"))
                .containsExactly("got one by live", "got two by live", "got three by live", "got poison by live");
        assertThat(waiting(queueUrl)).isZero();
        assertThatThrownBy(() -> logs.since("IgnoreScansFunction", start))
                .as("a mapping that the template disables is left alone")
                .isInstanceOf(LocalCloudException.class);
    }

    private void put(String text) {
        kinesis.putRecord(put -> put.streamName("scans").partitionKey("key").data(SdkBytes.fromUtf8String(text)));
    }

    private List<String> linesOf(String function, String beginning) {
        try {
            return logs.since(function, start).stream()
                    .filter(line -> line.startsWith(beginning))
                    .toList();
        } catch (LocalCloudException _) {
            // The log group does not exist before the first invocation.
            return List.of();
        }
    }

    private int counted() {
        return linesOf("CountScansFunction", "counted").stream()
                .mapToInt(line -> Integer.parseInt(line.substring("counted ".length())))
                .sum();
    }

    private int waiting(String queueUrl) {
        return Integer.parseInt(sqs.getQueueAttributes(
                        get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    /** Deploys the template without the condition that makes the function fail. */
    @SuppressWarnings("unchecked") // a template is a mapping with text keys
    private static void correct(String function) throws IOException {
        String corrected = TEMPLATE.replace("if \"poison\" in texts", "if \"rotten\" in texts");
        assertThat(corrected).as(function).isNotEqualTo(TEMPLATE);
        Path file = WORKSPACE.deployment().resolve("template.yaml");
        Object template = new Load(LoadSettings.builder().build()).loadFromString(corrected);
        Files.writeString(
                file,
                JSON.std.asString(TemplateAdaptation.adapt((Map<String, Object>) template, "http://127.0.0.1:4566")));
        new Deployment(WORKSPACE, SILENT).deploy();
    }
}
