package dev.printshop.local.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** A redrive in the middle of which a service fails: no message is hidden after it, and none is reported as deleted. */
class StoppedRedriveTest {

    private final FakeSqs sqs = new FakeSqs();
    private final FakeKinesis kinesis = new FakeKinesis();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Redrive redrive = new Redrive(
            sqs, kinesis, new UnusedLambda(), new Console(new PrintStream(output, true, StandardCharsets.UTF_8)));

    @Test
    void recordThatTheStreamRefuses_stays_andTheOthersArePutAgain() {
        sqs.visible.addAll(List.of("1", "2", "3"));
        kinesis.refusedKey = "key-2";

        Redrive.Result result = redrive.redrive("url");

        assertThat(result).isEqualTo(new Redrive.Result(2, 1));
        assertThat(kinesis.put).containsExactly("key-1", "key-3");
        assertThat(sqs.visible).containsExactly("2");
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("from 2 to 2 stay", "the stream throttles");
    }

    @Test
    void redriveThatStops_leavesNoMessageHidden() {
        // given a queue that fails in the lookup of the source queues for a message without records
        sqs.visible.addAll(List.of("1", "other"));
        sqs.knowsItsArn = false;

        assertThatThrownBy(() -> redrive.redrive("url")).hasMessage("the queue doesn't answer");

        assertThat(sqs.hidden).isEmpty();
        assertThat(sqs.visible).containsExactly("other");
    }

    @Test
    void queueThatFailsWhileItIsRead_hasNoMessageHidden() {
        sqs.visible.addAll(List.of("1", "2"));
        sqs.receivesLeft = 1;

        assertThatThrownBy(() -> redrive.redrive("url")).isInstanceOf(SdkClientException.class);

        assertThat(sqs.visible).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void messagesThatAnotherRedriveHas_areLeft() {
        sqs.hidden.addAll(List.of("8", "9"));

        assertThat(redrive.redrive("url")).isEqualTo(new Redrive.Result(0, 2));

        assertThat(output.toString(StandardCharsets.UTF_8)).contains("2 messages are hidden");
    }

    /**
     * A queue whose messages are identified by their receipts; each one is for the record with that number, or for
     * none.
     */
    private static final class FakeSqs implements SqsClient {

        private final Set<String> visible = new LinkedHashSet<>();
        private final Set<String> hidden = new LinkedHashSet<>();
        private boolean knowsItsArn = true;
        private int receivesLeft = Integer.MAX_VALUE;

        @Override
        public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            if (receivesLeft-- == 0) {
                throw SdkClientException.create("the queue doesn't answer");
            }
            List<Message> messages = visible.stream()
                    .map(id -> Message.builder()
                            .messageId(id)
                            .receiptHandle(id)
                            .body(id.equals("other") ? "anything" : body(id))
                            .build())
                    .toList();
            hidden.addAll(visible);
            visible.clear();
            return ReceiveMessageResponse.builder().messages(messages).build();
        }

        private static String body(String number) {
            String template = """
                    {"kinesisRecord": {"streamArn": "arn:stream", "shardId": "shard-0", "sequenceNumber": "%s",
                     "partitionKey": "key-%s", "data": "AAA=",
                     "approximateArrivalTimestamp": "2026-11-25T12:00:00Z"}}""";
            return template.formatted(number, number);
        }

        @Override
        public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
            hidden.remove(request.receiptHandle());
            return DeleteMessageResponse.builder().build();
        }

        @Override
        public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
            assertThat(request.visibilityTimeout()).isZero();
            hidden.remove(request.receiptHandle());
            visible.add(request.receiptHandle());
            return ChangeMessageVisibilityResponse.builder().build();
        }

        @Override
        public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
            if (!knowsItsArn && request.attributeNames().contains(QueueAttributeName.QUEUE_ARN)) {
                throw SdkClientException.create("the queue doesn't answer");
            }
            return GetQueueAttributesResponse.builder()
                    .attributes(Map.of(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, Integer.toString(visible.size()),
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                    Integer.toString(hidden.size())))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    private static final class FakeKinesis implements KinesisClient {

        private final List<String> put = new ArrayList<>();
        private String refusedKey = "";

        @Override
        public PutRecordResponse putRecord(PutRecordRequest request) {
            if (request.partitionKey().equals(refusedKey)) {
                throw SdkClientException.create("the stream throttles");
            }
            put.add(request.partitionKey());
            return PutRecordResponse.builder()
                    .sequenceNumber(Integer.toString(100 + put.size()))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    private static final class UnusedLambda implements LambdaClient {

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
