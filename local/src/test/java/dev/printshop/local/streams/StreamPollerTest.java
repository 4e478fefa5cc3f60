package dev.printshop.local.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.Emulator;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.Workspace;
import dev.printshop.local.streams.StreamMapping.StartingPosition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The poller between real streams of the emulator and functions of the test. */
@Tag("component")
class StreamPollerTest {

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:follow-stream:live";
    private static final PollerLog SILENT = new PollerLog(new PrintStream(OutputStream.nullOutputStream()));

    private static final Workspace WORKSPACE = LocalCloudExtension.workspace("test-streams");
    private static final Emulator EMULATOR = new Emulator(WORKSPACE);

    private final Stack stack = new Stack(WORKSPACE, Map.of());
    private final KinesisClient kinesis = stack.client(KinesisClient.builder());
    private final SqsClient sqs = stack.client(SqsClient.builder());
    private final List<StreamPoller> pollers = new ArrayList<>();
    private String name;
    private String streamArn;

    @TempDir
    private Path positions;

    @BeforeAll
    static void startEmulator() {
        EMULATOR.start();
    }

    @AfterAll
    static void stopEmulator() {
        EMULATOR.stop();
    }

    @BeforeEach
    void makeStream(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        kinesis.createStream(create -> create.streamName(name).shardCount(1));
        streamArn = kinesis.describeStreamSummary(describe -> describe.streamName(name))
                .streamDescriptionSummary()
                .streamARN();
    }

    @AfterEach
    void stopPollers() {
        pollers.forEach(StreamPoller::close);
    }

    @Test
    void records_areDeliveredInOrder_inTheShapeOfLambdaEvents() {
        // given
        RecordedFunction function = RecordedFunction.willing();
        put("a", "one");
        put("b", "two");

        // when
        follow(function, Settings.of(10));
        await().until(() -> function.processed().size() == 2);

        // then
        KinesisEvent event = read(KinesisEvent.class, function.events().getFirst());
        KinesisEvent.KinesisEventRecord first = event.getRecords().getFirst();
        assertThat(first.getEventSourceARN()).isEqualTo(streamArn);
        assertThat(first.getEventID())
                .isEqualTo("shardId-000000000000:" + first.getKinesis().getSequenceNumber());
        assertThat(first.getKinesis().getPartitionKey()).isEqualTo("a");
        assertThat(StandardCharsets.UTF_8.decode(first.getKinesis().getData()).toString())
                .isEqualTo("one");
        assertThat(first.getKinesis().getApproximateArrivalTimestamp().toInstant())
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(function.processed()).containsExactly("one", "two");
    }

    @Test
    void partialAnswer_isRetriedFromTheFirstFailedRecord() {
        // given
        List<String> failing = new ArrayList<>(List.of("two"));
        RecordedFunction function = new RecordedFunction(event -> failing.removeIf(event.texts()::contains)
                ? failures(event.sequenceNumberOf("three"), event.sequenceNumberOf("two"))
                : "{\"batchItemFailures\":[]}");
        Stream.of("one", "two", "three").forEach(text -> put("key", text));

        // when
        follow(function, Settings.of(10).reporting());
        await().until(() -> function.events().size() == 2);

        // then
        assertThat(function.events().get(0).texts()).containsExactly("one", "two", "three");
        assertThat(function.events().get(1).texts()).containsExactly("two", "three");
    }

    @Test
    void poisonRecord_isIsolated_andItsPlaceIsInTheQueue() {
        // given
        String queueUrl = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        RecordedFunction function = new RecordedFunction(event -> {
            if (event.texts().contains("poison")) {
                throw new IllegalStateException();
            }
            return "";
        });
        List<String> good = IntStream.range(0, 9).mapToObj(n -> "good-" + n).toList();
        good.subList(0, 4).forEach(text -> put("key", text));
        String poison = put("key", "poison");
        good.subList(4, 9).forEach(text -> put("key", text));

        // when
        follow(function, Settings.of(10).bisecting().retrying(1).failingTo(queueArn(queueUrl)));
        await().until(() -> function.processed().size() == 9);

        // then
        assertThat(function.processed()).isEqualTo(good);
        Map<String, Object> failure = json(receive(queueUrl).body());
        assertThat(failure).containsEntry("version", "1.0").containsKey("timestamp");
        assertThat(object(failure, "requestContext"))
                .containsEntry("functionArn", FUNCTION)
                .containsEntry("condition", "RetryAttemptsExhausted")
                .containsKeys("requestId", "approximateInvokeCount");
        assertThat(object(failure, "responseContext"))
                .isEqualTo(Map.of("statusCode", 200, "executedVersion", "7", "functionError", "Unhandled"));
        assertThat(object(failure, "KinesisBatchInfo"))
                .containsEntry("shardId", "shardId-000000000000")
                .containsEntry("startSequenceNumber", poison)
                .containsEntry("endSequenceNumber", poison)
                .containsEntry("batchSize", 1)
                .containsEntry("streamArn", streamArn)
                .containsKeys("approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord");
    }

    @Test
    void recordsThatAreTooOld_areReported_withoutAnInvocation() throws InterruptedException {
        // given
        String queueUrl = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        RecordedFunction function = RecordedFunction.willing();
        String old = put("key", "old");
        Thread.sleep(10);

        // when
        follow(function, Settings.of(10).ageing(Duration.ofMillis(5)).failingTo(queueArn(queueUrl)));

        // then
        Map<String, Object> failure = json(receive(queueUrl).body());
        assertThat(object(failure, "requestContext"))
                .containsEntry("condition", "RecordAgeExceeded")
                .containsEntry("approximateInvokeCount", 0);
        assertThat(failure).doesNotContainKey("responseContext");
        assertThat(object(failure, "KinesisBatchInfo")).containsEntry("startSequenceNumber", old);
        assertThat(function.events()).isEmpty();
    }

    @Test
    void topic_getsTheSameRecord() {
        // given a topic with a queue behind it
        SnsClient sns = stack.client(SnsClient.builder());
        String topicArn = sns.createTopic(create -> create.name(name)).topicArn();
        String queueUrl = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        allowTopic(queueUrl, topicArn);
        sns.subscribe(subscribe -> subscribe
                .topicArn(topicArn)
                .protocol("sqs")
                .endpoint(queueArn(queueUrl))
                .attributes(Map.of("RawMessageDelivery", "true")));
        String poison = put("key", "poison");

        // when
        follow(failing(), Settings.of(1).retrying(0).failingTo(topicArn));

        // then
        Map<String, Object> failure = json(receive(queueUrl).body());
        assertThat(object(failure, "KinesisBatchInfo")).containsEntry("startSequenceNumber", poison);
    }

    @Test
    void bucket_getsTheEventAsWell() throws IOException {
        // given
        S3Client s3 = stack.client(S3Client.builder());
        String bucket = "failures-of-streams";
        s3.createBucket(create -> create.bucket(bucket));
        put("key", "poison");
        RecordedFunction function = failing();

        // when
        follow(function, Settings.of(1).retrying(0).failingTo("arn:aws:s3:::" + bucket));
        String key = await().until(
                        () -> s3.listObjectsV2(list -> list.bucket(bucket)).contents(), objects -> !objects.isEmpty())
                .getFirst()
                .key();

        // then
        assertThat(key)
                .matches("aws/lambda/" + name + "/shardId-000000000000/\\d{4}/\\d\\d/\\d\\d/"
                        + "\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}");
        Map<String, Object> failure =
                json(s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String());
        assertThat(failure)
                .containsKeys("requestContext", "KinesisBatchInfo")
                .containsEntry("payload", function.events().getFirst().json());
    }

    @Test
    void unwantedRecords_areFilteredOut() {
        // given
        RecordedFunction function = RecordedFunction.willing();
        put("a", "{\"kind\":\"DELIVERED\"}");
        put("a", "no JSON");
        put("a", "{\"kind\":\"RECEIVED\"}");

        // when
        follow(function, Settings.of(10).wanting("{\"data\":{\"kind\":[\"RECEIVED\"]}}"));
        await().until(() -> !function.processed().isEmpty());

        // then
        assertThat(function.processed()).containsExactly("{\"kind\":\"RECEIVED\"}");
    }

    @Test
    void tumblingWindow_carriesItsState_toAFinalInvocation() {
        // given a function that counts
        RecordedFunction function = new RecordedFunction(event -> {
            return "{\"state\":{\"count\":%d}}"
                    .formatted(count(event) + event.texts().size());
        });
        IntStream.range(0, 5).forEach(n -> put("key", "record-" + n));

        // when
        follow(function, Settings.of(2).windows(Duration.ofSeconds(1)));
        await().until(() ->
                finals(function).stream().mapToInt(event -> count(event)).sum() == 5);

        // then
        KinesisTimeWindowEvent last =
                read(KinesisTimeWindowEvent.class, finals(function).getLast());
        assertThat(last.getRecords()).isEmpty();
        assertThat(last.getIsFinalInvokeForWindow()).isTrue();
        assertThat(last.getIsWindowTerminatedEarly()).isFalse();
        assertThat(last.getShardId()).isEqualTo("shardId-000000000000");
        assertThat(finals(function).getLast().fields().get("eventSourceARN")).isEqualTo(streamArn);
        Map<String, Object> window = object(finals(function).getLast().fields(), "window");
        assertThat(Instant.parse(String.valueOf(window.get("end"))))
                .isEqualTo(Instant.parse(String.valueOf(window.get("start"))).plusSeconds(1));
    }

    @Test
    void splitShard_isFollowedByItsChildren_andOrderPerKeyHolds() {
        // given
        RecordedFunction function = RecordedFunction.willing();
        List<String> keys = IntStream.range(0, 8).mapToObj(n -> "key-" + n).toList();
        keys.forEach(key -> put(key, key + "/1"));
        follow(function, Settings.of(3).inParallel(4));
        // The emulator drops a shard with its records as soon as it is split, so they must be read before.
        await().until(() -> function.processed().size() == 8);

        // when
        kinesis.splitShard(split -> split.streamName(name)
                .shardToSplit("shardId-000000000000")
                .newStartingHashKey(BigInteger.TWO.pow(127).toString()));
        keys.forEach(key -> put(key, key + "/2"));
        keys.forEach(key -> put(key, key + "/3"));
        await().until(() -> function.processed().size() == 24);

        // then
        assertThat(keys)
                .allSatisfy(key -> assertThat(function.processed())
                        .filteredOn(text -> text.startsWith(key + "/"))
                        .containsExactly(key + "/1", key + "/2", key + "/3"));
        assertThat(function.events())
                .extracting(event -> String.valueOf(event.records().getFirst().get("eventID"))
                        .substring(0, 20))
                .contains("shardId-000000000001", "shardId-000000000002");
    }

    @Test
    void restartedPoller_goesOnWhereTheLastOneWas() {
        // given
        RecordedFunction before = RecordedFunction.willing();
        StreamPoller first = follow(before, Settings.of(10));
        put("key", "one");
        await().until(() -> before.processed().size() == 1);
        first.close();
        put("key", "two");

        // when
        RecordedFunction after = RecordedFunction.willing();
        follow(after, Settings.of(10));
        await().until(() -> !after.processed().isEmpty());

        // then
        assertThat(after.processed()).containsExactly("two");
    }

    @Test
    void latest_beginsWithWhatComesAfterwards() throws InterruptedException {
        // given
        RecordedFunction function = RecordedFunction.willing();
        put("key", "before");
        Thread.sleep(2); // times are in milliseconds

        // when
        follow(function, Settings.of(10).startingAt(new StartingPosition.Latest()));
        put("key", "after");
        await().until(() -> !function.processed().isEmpty());

        // then
        assertThat(function.processed()).containsExactly("after");
    }

    @Test
    void dynamoDbStream_isDeliveredInTheShapeOfLambdaEvents() {
        // given
        DynamoDbClient dynamoDb = stack.client(DynamoDbClient.builder());
        streamArn = dynamoDb.createTable(create -> create.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build())
                        .streamSpecification(
                                stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
                .tableDescription()
                .latestStreamArn();
        Map<String, AttributeValue> item = Map.of(
                "id", AttributeValue.fromS("1"), "tags", AttributeValue.fromL(List.of(AttributeValue.fromN("5"))));
        dynamoDb.putItem(put -> put.tableName(name).item(item));
        dynamoDb.putItem(put -> put.tableName(name).item(Map.of("id", AttributeValue.fromS("2"))));
        dynamoDb.deleteItem(delete -> delete.tableName(name).key(Map.of("id", AttributeValue.fromS("1"))));
        RecordedFunction function = RecordedFunction.willing();

        // when
        follow(function, Settings.of(10).wanting("{\"dynamodb\":{\"Keys\":{\"id\":{\"S\":[\"1\"]}}}}"));
        await().until(() -> function.events().stream()
                        .mapToInt(event -> event.records().size())
                        .sum()
                == 2);

        // then
        List<DynamodbEvent.DynamodbStreamRecord> records = function.events().stream()
                .flatMap(event -> read(DynamodbEvent.class, event).getRecords().stream())
                .toList();
        assertThat(records)
                .extracting(DynamodbEvent.DynamodbStreamRecord::getEventName)
                .containsExactly("INSERT", "REMOVE");
        assertThat(records.get(0).getDynamodb().getNewImage())
                .hasEntrySatisfying(
                        "tags",
                        tags -> assertThat(tags.getL().getFirst().getN()).isEqualTo("5"));
        assertThat(records.get(1).getDynamodb().getOldImage()).containsKey("tags");
        assertThat(records.get(0).getEventSourceARN()).isEqualTo(streamArn);
    }

    private StreamPoller follow(FunctionInvoker function, Settings settings) {
        StreamMapping mapping = new StreamMapping(
                name,
                FUNCTION,
                streamArn,
                settings.start,
                settings.toBatchSettings(),
                EventFilter.of(settings.patterns),
                settings.destination);
        EventStream stream = streamArn.contains(":kinesis:")
                ? new KinesisEventStream(kinesis, streamArn, "arn:aws:iam::000000000000:role/follower")
                : new DynamoDbEventStream(stack.client(DynamoDbStreamsClient.builder()), streamArn);
        FailureDestination destination = settings.destination
                .map(arn -> FailureDestination.of(
                        arn, name, sqs, stack.client(SnsClient.builder()), stack.client(S3Client.builder())))
                .orElse(FailureDestination.NONE);
        StreamPoller poller = new StreamPoller(
                mapping, stream, function, destination, Positions.open(positions, name, Instant.now()), SILENT);
        pollers.add(poller);
        poller.start();
        return poller;
    }

    /** The count in the state of an event; 0 at the beginning of a window. */
    private static int count(RecordedFunction.Event event) {
        return object(event.fields(), "state").get("count") instanceof Integer count ? count : 0;
    }

    private static RecordedFunction failing() {
        return new RecordedFunction(_ -> {
            throw new IllegalStateException();
        });
    }

    private void allowTopic(String queueUrl, String topicArn) {
        String policy = """
                {"Version": "2012-10-17", "Statement": [{
                 "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "%s",
                 "Principal": {"Service": "sns.amazonaws.com"},
                 "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}]}""";
        sqs.setQueueAttributes(set -> set.queueUrl(queueUrl)
                .attributes(Map.of(QueueAttributeName.POLICY, policy.formatted(queueArn(queueUrl), topicArn))));
    }

    private String put(String key, String text) {
        return kinesis.putRecord(put -> put.streamName(name).partitionKey(key).data(SdkBytes.fromUtf8String(text)))
                .sequenceNumber();
    }

    private Message receive(String queueUrl) {
        return await().until(
                        () -> sqs.receiveMessage(receive -> receive.queueUrl(queueUrl))
                                .messages(),
                        messages -> !messages.isEmpty())
                .getFirst();
    }

    private String queueArn(String queueUrl) {
        return sqs.getQueueAttributes(get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    private static List<RecordedFunction.Event> finals(RecordedFunction function) {
        return function.events().stream()
                .filter(event -> Boolean.TRUE.equals(event.fields().get("isFinalInvokeForWindow")))
                .toList();
    }

    private static String failures(String... sequenceNumbers) {
        return Stream.of(sequenceNumbers)
                .map("{\"itemIdentifier\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}"));
    }

    private static <T> T read(Class<T> type, RecordedFunction.Event event) {
        return LambdaEventSerializers.serializerFor(type, StreamPollerTest.class.getClassLoader())
                .fromJson(event.json());
    }

    private static Map<String, Object> json(String text) {
        try {
            return JSON.std.mapFrom(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked") // a JSON object's names are text
    private static Map<String, Object> object(Map<String, Object> fields, String field) {
        return (Map<String, Object>) Objects.requireNonNull(fields.get(field), field);
    }

    /** The settings of a mapping, of which a test specifies the relevant ones. */
    private static final class Settings {

        private final int batchSize;
        private int parallelization = 1;
        private int retries = BatchSettings.UNLIMITED;
        private Duration age = BatchSettings.NO_MAXIMUM_AGE;
        private boolean bisects;
        private boolean reports;
        private StartingPosition start = new StartingPosition.TrimHorizon();
        private Optional<Duration> window = Optional.empty();
        private Optional<String> destination = Optional.empty();
        private List<String> patterns = List.of();

        private Settings(int batchSize) {
            this.batchSize = batchSize;
        }

        static Settings of(int batchSize) {
            return new Settings(batchSize);
        }

        Settings inParallel(int factor) {
            parallelization = factor;
            return this;
        }

        Settings ageing(Duration most) {
            age = most;
            return this;
        }

        Settings retrying(int times) {
            retries = times;
            return this;
        }

        Settings bisecting() {
            bisects = true;
            return this;
        }

        Settings reporting() {
            reports = true;
            return this;
        }

        Settings windows(Duration length) {
            window = Optional.of(length);
            return this;
        }

        Settings failingTo(String arn) {
            destination = Optional.of(arn);
            return this;
        }

        Settings wanting(String pattern) {
            patterns = List.of(pattern);
            return this;
        }

        Settings startingAt(StartingPosition position) {
            start = position;
            return this;
        }

        BatchSettings toBatchSettings() {
            return new BatchSettings(
                    batchSize,
                    // Records that a test puts one by one may arrive in one batch.
                    Duration.ofMillis(300),
                    parallelization,
                    retries,
                    age,
                    bisects,
                    reports,
                    window);
        }
    }
}
