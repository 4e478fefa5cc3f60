package dev.printshop.local.redrive;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.printshop.local.Console;
import dev.printshop.local.Emulator;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.Workspace;
import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.parcels.json.FailedRecordJson;
import dev.printshop.parcels.json.Heartbeat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The redrive of real queues and streams of the emulator. */
@Tag("component")
class RedriveTest {

    private static final Workspace WORKSPACE = LocalCloudExtension.workspace("test-redrive");
    private static final Emulator EMULATOR = new Emulator(WORKSPACE);

    private final Stack stack = new Stack(WORKSPACE, Map.of());
    private final KinesisClient kinesis = stack.client(KinesisClient.builder());
    private final SqsClient sqs = stack.client(SqsClient.builder());
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Redrive redrive = new Redrive(
            sqs,
            kinesis,
            stack.client(LambdaClient.builder()),
            new Console(new PrintStream(output, true, StandardCharsets.UTF_8)));
    private static final AtomicInteger RUNS = new AtomicInteger();

    private String name;
    private String queueUrl;

    @BeforeAll
    static void startEmulator() {
        EMULATOR.start();
    }

    @AfterAll
    static void stopEmulator() {
        EMULATOR.stop();
    }

    @BeforeEach
    void makeQueueAndStream(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName() + "-" + RUNS.incrementAndGet();
        queueUrl = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        kinesis.createStream(create -> create.streamName(name).shardCount(1));
    }

    @Test
    void failedRecords_arePutAgain_inTheirOrder_andTheMessagesDeleted() {
        // given
        List<String> numbers = IntStream.range(0, 6)
                .mapToObj(n -> put("key-" + n % 2, "record-" + n))
                .toList();
        send(failure(numbers.get(4), numbers.get(4), 1));
        send(failure(numbers.get(1), numbers.get(2), 2));
        send(failure(numbers.get(1), numbers.get(2), 2)); // reported twice

        // when
        Redrive.Result result = redrive.redrive(queueUrl);

        // then
        assertThat(result).isEqualTo(new Redrive.Result(3, 0));
        List<Record> again = records().subList(6, 9);
        assertThat(again)
                .extracting(found -> found.data().asUtf8String())
                .containsExactly("record-1", "record-2", "record-4");
        assertThat(again).extracting(Record::partitionKey).containsExactly("key-1", "key-0", "key-0");
        assertThat(receive(queueUrl)).isEmpty();
    }

    @Test
    void recordsThatAgedOut_areNamed_andTheirMessageStays() {
        // given a batch that began before the oldest record
        String number = put("key", "still there");
        String earlier = "0".repeat(number.length() - 1) + "1";
        send(failure(earlier, number, 2));

        // when
        Redrive.Result result = redrive.redrive(queueUrl);

        // then
        assertThat(result).isEqualTo(new Redrive.Result(0, 1));
        assertThat(output())
                .contains("records have aged out of the stream: of 2 from %s to %s only 1 were there, and 1 were put"
                        .formatted(earlier, number));
        assertThat(receive(queueUrl)).hasSize(1);
    }

    @Test
    void recordsThatWereStillThere_arePutAgainOnce() {
        // given a batch whose first record aged out
        String number = put("key", "still there");
        String earlier = "0".repeat(number.length() - 1) + "1";
        send(failure(earlier, number, 2));

        // when
        redrive.redrive(queueUrl);
        Redrive.Result second = redrive.redrive(queueUrl);

        // then
        assertThat(second).isEqualTo(new Redrive.Result(0, 1));
        assertThat(records()).hasSize(2);
        assertThat(receive(queueUrl))
                .singleElement()
                .extracting(message -> StreamFailure.parse(message.body()).orElseThrow())
                .satisfies(lost -> {
                    assertThat(lost.first()).isEqualTo(earlier);
                    assertThat(new BigInteger(lost.last())).isLessThan(new BigInteger(number));
                    assertThat(lost.batchSize()).isEqualTo(1);
                });
    }

    @Test
    void heartbeatOfAFailedBatch_isNotPutAgain() {
        // given
        String first = put("key", "record-0");
        kinesis.putRecord(put -> put.streamName(name).partitionKey("any").data(StreamRedrive.HEARTBEAT));
        String last = put("key", "record-1");
        send(failure(first, last, 3));

        // when
        Redrive.Result result = redrive.redrive(queueUrl);

        // then
        assertThat(StreamRedrive.HEARTBEAT.asByteArray()).isEqualTo(Heartbeat.data());
        assertThat(result).isEqualTo(new Redrive.Result(1, 0));
        assertThat(output()).contains("2 records were put again");
        assertThat(records().subList(3, records().size()))
                .extracting(found -> found.data().asUtf8String())
                .containsExactly("record-0", "record-1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordThatLambdaAndTheFunctionReported_isPutAgainFromTheMessageWithItsData(boolean lambdaFirst) {
        // given a record that aged out of the stream
        String withData = kept("1", "key", Instant.parse("2026-11-20T12:00:00Z"), "kept");
        send(lambdaFirst ? failure("1", "1", 1) : withData);
        send(lambdaFirst ? withData : failure("1", "1", 1));

        // when
        Redrive.Result result = redrive.redrive(queueUrl);

        // then
        assertThat(result).isEqualTo(new Redrive.Result(2, 0));
        assertThat(records()).extracting(found -> found.data().asUtf8String()).containsExactly("kept");
    }

    @Test
    void messageWithTwoDocuments_stays() {
        send(failure("1", "1", 1) + failure("2", "2", 1));

        assertThat(redrive.redrive(queueUrl)).isEqualTo(new Redrive.Result(0, 1));
        assertThat(output()).contains("it is about no records in a Kinesis stream");
    }

    @Test
    void shardThatAgedOut_isNamed_andItsMessageStays() {
        send(failure("1", "2", 2).replace("shardId-000000000000", "shardId-000000000009"));

        assertThat(redrive.redrive(queueUrl)).isEqualTo(new Redrive.Result(0, 1));
        assertThat(output()).contains("shardId-000000000009: records have aged out of the stream");
        assertThat(receive(queueUrl)).hasSize(1);
    }

    @Test
    void recordThatAFunctionKept_isPutAgainFromTheMessage_withItsFirstArrival() {
        // given a record that has expired in the stream, and one that was too large for the message
        Instant arrivedAt = Instant.parse("2026-11-20T12:00:00Z");
        String number = put("key-2", "still there");
        send(kept("1", "key-1", arrivedAt, "{\"scanId\": \"scan-1\"}"));
        send(kept(number, "key-2", arrivedAt, "").replaceFirst("\"data\":\"\"", "\"more\":1"));

        // when
        Redrive.Result result = redrive.redrive(queueUrl);

        // then
        assertThat(result).isEqualTo(new Redrive.Result(2, 0));
        assertThat(records().subList(1, 3))
                .extracting(Record::partitionKey, found -> found.data().asUtf8String())
                .containsExactly(
                        tuple("key-1", "{\"scanId\": \"scan-1\",\"receivedAt\":\"2026-11-20T12:00:00Z\"}"),
                        tuple("key-2", "still there"));
        assertThat(receive(queueUrl)).isEmpty();
    }

    @Test
    void eventThatEventBridgeCouldNotDeliver_goesToItsTargetAgain() {
        // given
        String target =
                sqs.createQueue(create -> create.queueName(name + "-target")).queueUrl();
        String arn = requireNonNull(
                sqs.getQueueAttributes(get -> get.queueUrl(target).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
        sqs.sendMessage(send -> send.queueUrl(queueUrl)
                .messageBody("{\"detail\":{}}")
                .messageAttributes(Map.of("RULE_ARN", attribute("arn:aws:events:rule"), "TARGET_ARN", attribute(arn))));
        sqs.sendMessage(send -> send.queueUrl(queueUrl)
                .messageBody("{\"detail\":{}}")
                .messageAttributes(Map.of(
                        "RULE_ARN",
                        attribute("arn:aws:events:rule"),
                        "TARGET_ARN",
                        attribute("arn:aws:lambda:us-east-1:000000000000:function:gone:live"))));

        // when
        Redrive.Result result = redrive.redrive(queueUrl);

        // then
        assertThat(result).isEqualTo(new Redrive.Result(1, 1));
        assertThat(receive(target)).extracting(Message::body).containsExactly("{\"detail\":{}}");
        assertThat(output()).contains("stays:");
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private String kept(String number, String key, Instant arrivedAt, String data) {
        return FailedRecordJson.write(
                new FailedRecord(
                        streamArn(),
                        "shardId-000000000000",
                        number,
                        key,
                        arrivedAt,
                        ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8))),
                new IllegalStateException("a bug"));
    }

    @Test
    void messagesOfADeadLetterQueue_goBackToTheirQueue() {
        // given
        String source = queueThatFailsInto(queueUrl, name + "-source");
        sqs.sendMessage(send -> send.queueUrl(queueUrl)
                .messageBody("body")
                .messageAttributes(Map.of(
                        "colour",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("blue")
                                .build())));

        // when
        Redrive.Result result = redrive.redrive(queueUrl);

        // then
        assertThat(result).isEqualTo(new Redrive.Result(1, 0));
        assertThat(receive(queueUrl)).isEmpty();
        Message message = receive(source).getFirst();
        assertThat(message.body()).isEqualTo("body");
        assertThat(message.messageAttributes())
                .hasEntrySatisfying(
                        "colour", colour -> assertThat(colour.stringValue()).isEqualTo("blue"));
    }

    @Test
    void deadLetterQueueOfSeveralQueues_isLeftAlone() {
        queueThatFailsInto(queueUrl, name + "-a");
        queueThatFailsInto(queueUrl, name + "-b");
        send("body");

        assertThat(redrive.redrive(queueUrl)).isEqualTo(new Redrive.Result(0, 1));
        assertThat(output())
                .contains("stays: this is the dead-letter queue of several queues")
                .contains(name + "-b");
        assertThat(receive(queueUrl)).hasSize(1);
    }

    @Test
    void messageThatCannotBeRedriven_staysWithTheReason() {
        send("{\"DDBStreamBatchInfo\":{}}");
        send("{\"requestPayload\":{}}");
        send("anything");
        MessageAttributeValue rule = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue("arn:aws:events:us-east-1:000000000000:rule/bus/rule")
                .build();
        sqs.sendMessage(send -> send.queueUrl(queueUrl).messageBody("{}").messageAttributes(Map.of("RULE_ARN", rule)));

        assertThat(redrive.redrive(queueUrl)).isEqualTo(new Redrive.Result(0, 4));
        assertThat(output())
                .contains("it is about records in a DynamoDB stream")
                .contains("EventBridge could not deliver it to a rule's target")
                .contains("it is about an asynchronous invocation")
                .contains("it is about no records in a Kinesis stream, and no queue has this one");
    }

    private String failure(String first, String last, int size) {
        String template = """
                {"KinesisBatchInfo": {"streamArn": "%s", "shardId": "shardId-000000000000",
                 "startSequenceNumber": "%s", "endSequenceNumber": "%s", "batchSize": %d}}""";
        return template.formatted(streamArn(), first, last, size);
    }

    private String streamArn() {
        return kinesis.describeStreamSummary(describe -> describe.streamName(name))
                .streamDescriptionSummary()
                .streamARN();
    }

    private String put(String key, String text) {
        return kinesis.putRecord(put -> put.streamName(name).partitionKey(key).data(SdkBytes.fromUtf8String(text)))
                .sequenceNumber();
    }

    private List<Record> records() {
        String iterator = kinesis.getShardIterator(get -> get.streamName(name)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        return kinesis.getRecords(get -> get.shardIterator(iterator)).records();
    }

    private void send(String body) {
        sqs.sendMessage(send -> send.queueUrl(queueUrl).messageBody(body));
    }

    private List<Message> receive(String url) {
        return sqs.receiveMessage(
                        receive -> receive.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
                .messages();
    }

    private String queueThatFailsInto(String deadLetterQueueUrl, String queueName) {
        String arn = sqs.getQueueAttributes(
                        get -> get.queueUrl(deadLetterQueueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return sqs.createQueue(create -> create.queueName(queueName)
                        .attributes(Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":3}".formatted(arn))))
                .queueUrl();
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
