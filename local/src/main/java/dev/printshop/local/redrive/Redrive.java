package dev.printshop.local.redrive;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Redrives the messages of a failure queue:
 *
 * <ul>
 *   <li>For records of a Kinesis stream, with their data or only with their place in the stream: puts the records into
 *       the stream again, in order, with the same partition keys. All consumers of the stream get them again.
 *   <li>For an event that failed in a function, or that EventBridge couldn't deliver to a function or a queue: sends
 *       the event again, only to that target.
 *   <li>In the dead-letter queue of another queue: sends them back there.
 * </ul>
 *
 * A message is deleted only after that. Messages that can't be redriven are logged with the reason, and stay in the
 * queue, visible for the next redrive, also when this one stops early. All messages are received before the first
 * redrive, so a message that fails again isn't redriven in a loop.
 */
public final class Redrive {

    private final SqsClient sqs;
    private final KinesisClient kinesis;
    private final LambdaClient lambda;
    private final Console console;

    public Redrive(SqsClient sqs, KinesisClient kinesis, LambdaClient lambda, Console console) {
        this.sqs = sqs;
        this.kinesis = kinesis;
        this.lambda = lambda;
        this.console = console;
    }

    /**
     * What was done.
     *
     * @param redriven messages that were redriven and deleted
     * @param left the number of messages in the queue after that, including messages that other consumers have received
     *     and that are therefore hidden
     */
    public record Result(int redriven, int left) {}

    /** The command: with the clients of the default chain. */
    public static void main(String queueUrl, Console console) {
        // The emulator doesn't support CBOR for Kinesis; AWS supports both formats.
        System.setProperty("aws.cborEnabled", "false");
        try (SqsClient sqs = SqsClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                KinesisClient kinesis = KinesisClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                LambdaClient lambda = LambdaClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            Result result = new Redrive(sqs, kinesis, lambda, console).redrive(queueUrl);
            console.line("%d messages were redriven, %d are left in the queue.", result.redriven(), result.left());
            if (result.left() > 0) {
                throw new LocalCloudException("Not every message was redriven: the reasons are above");
            }
        } catch (SdkException e) {
            throw new LocalCloudException("The redrive stopped: " + e.getMessage(), e);
        }
    }

    /** Redrives the queue's messages. */
    public Result redrive(String queueUrl) {
        FailureQueue queue = new FailureQueue(sqs, queueUrl, console);
        int redriven;
        try {
            redriven = redrive(queue);
        } finally {
            queue.leaveTheRest();
        }
        FailureQueue.Count left = queue.count();
        if (left.hidden() > 0) {
            console.line(
                    "%d messages are hidden: another redrive has them, or one that was killed; they show up within an"
                            + " hour. Messages that were deleted just now count for up to a minute",
                    left.hidden());
        }
        return new Result(redriven, left.visible() + left.hidden());
    }

    private int redrive(FailureQueue queue) {
        List<Message> messages = queue.receiveAll();
        List<Message> others = new ArrayList<>();
        Map<Message, Invocation> invocations = new LinkedHashMap<>();
        Map<StreamFailure, Reported> streamFailures = new TreeMap<>(StreamFailure.ORDER);
        for (Message message : messages) {
            StreamFailure.parse(message.body())
                    .ifPresentOrElse(
                            failure -> streamFailures.merge(
                                    failure, new Reported(failure, List.of(message)), Reported::with),
                            () -> Invocation.parse(message)
                                    .ifPresentOrElse(
                                            invocation -> invocations.put(message, invocation),
                                            () -> others.add(message)));
        }
        return redriveToStreams(queue, streamFailures.values())
                + redriveToTargets(queue, invocations)
                + redriveToQueue(queue, others);
    }

    /** A failure, and the messages that report it: one from the function has the data, one from Lambda doesn't. */
    private record Reported(StreamFailure failure, List<Message> messages) {

        Reported with(Reported other) {
            List<Message> all = new ArrayList<>(messages);
            all.addAll(other.messages);
            return new Reported(failure.record().isPresent() ? failure : other.failure, all);
        }
    }

    /** In the order of each shard; a failure that was reported twice is redriven once. */
    private int redriveToStreams(FailureQueue queue, Iterable<Reported> failures) {
        StreamRedrive streams = new StreamRedrive(kinesis);
        int redriven = 0;
        for (Reported reported : failures) {
            StreamFailure failure = reported.failure();
            try {
                redriven += redriveToStream(queue, reported, streams.redrive(failure));
            } catch (SdkException e) {
                reported.messages().forEach(queue::leave);
                console.line(
                        "%s: the records from %s to %s stay, though some may have been put again: %s",
                        failure.shardId(), failure.first(), failure.last(), String.valueOf(e.getMessage()));
            }
        }
        return redriven;
    }

    private int redriveToStream(FailureQueue queue, Reported reported, StreamRedrive.Result result) {
        StreamFailure failure = reported.failure();
        List<Message> messages = reported.messages();
        if (result.lost() == 0) {
            messages.forEach(queue::delete);
            console.line(
                    "%s: %d records were put again, from %s", failure.shardId(), result.putAgain(), failure.first());
            return messages.size();
        }
        console.line(
                "%s: records have aged out of the stream: of %d from %s to %s only %d were there, and %d were put"
                        + " again. A message about the others stays; delete it when you know what was lost",
                failure.shardId(),
                failure.batchSize(),
                failure.first(),
                failure.last(),
                result.found().size(),
                result.putAgain());
        if (result.found().isEmpty()) {
            messages.forEach(queue::leave);
        } else {
            // A message with only the lost records, so that the next redrive doesn't put the others again.
            String lost = failure.messageAboutLost(
                    messages.getFirst().body(), result.found().getFirst(), result.lost());
            sqs.sendMessage(send -> send.queueUrl(queue.url()).messageBody(lost));
            messages.forEach(queue::delete);
        }
        return 0;
    }

    private int redriveToTargets(FailureQueue queue, Map<Message, Invocation> invocations) {
        int redriven = 0;
        for (Map.Entry<Message, Invocation> entry : invocations.entrySet()) {
            Message message = entry.getKey();
            Invocation invocation = entry.getValue();
            try {
                send(invocation);
                queue.delete(message);
                redriven++;
                console.line("An event was sent to %s again", invocation.targetArn());
            } catch (IllegalArgumentException | SdkException e) {
                queue.leave(message);
                console.line("Message %s stays: %s", message.messageId(), String.valueOf(e.getMessage()));
            }
        }
        return redriven;
    }

    private void send(Invocation invocation) {
        String[] parts = invocation.targetArn().split(":", -1);
        String service = parts.length > 5 ? parts[2] : "";
        switch (service) {
            case "lambda" ->
                lambda.invoke(invoke -> invoke.functionName(invocation.targetArn())
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String(invocation.payload())));
            case "sqs" -> {
                String url = sqs.getQueueUrl(get -> get.queueName(parts[5]).queueOwnerAWSAccountId(parts[4]))
                        .queueUrl();
                sqs.sendMessage(send -> send.queueUrl(url).messageBody(invocation.payload()));
            }
            default ->
                throw new IllegalArgumentException(
                        "its target is neither a function nor a queue: " + invocation.targetArn());
        }
    }

    private int redriveToQueue(FailureQueue queue, List<Message> messages) {
        if (messages.isEmpty()) {
            return 0;
        }
        List<String> sources = sourceQueues(queue.url());
        int redriven = 0;
        for (Message message : messages) {
            Optional<String> obstacle = obstacle(message, sources);
            try {
                if (obstacle.isEmpty()) {
                    sqs.sendMessage(copy(message, sources.getFirst()));
                    queue.delete(message);
                    redriven++;
                }
            } catch (SdkException e) {
                obstacle = Optional.of(String.valueOf(e.getMessage()));
            }
            if (obstacle.isPresent()) {
                queue.leave(message);
                console.line("Message %s stays: %s", message.messageId(), obstacle.get());
            }
        }
        if (redriven > 0) {
            console.line("%d messages were sent back to %s", redriven, sources.getFirst());
        }
        return redriven;
    }

    private static Optional<String> obstacle(Message message, List<String> sources) {
        if (sources.size() == 1) {
            return Optional.empty();
        }
        if (sources.size() > 1) {
            return Optional.of("this is the dead-letter queue of several queues: " + String.join(", ", sources));
        }
        Map<?, ?> fields = StreamFailure.object(message.body()).orElse(Map.of());
        if (fields.containsKey("DDBStreamBatchInfo")) {
            return Optional.of("it is about records in a DynamoDB stream, which can't be put again;"
                    + " change the items, and the stream has new records of them");
        }
        if (message.messageAttributes().containsKey("RULE_ARN")) {
            return Optional.of(
                    "EventBridge could not deliver it to a rule's target, and the message does not contain which"
                            + " one; invoke the function of the rule with the message's body");
        }
        if (fields.containsKey("requestPayload")) {
            return Optional.of("it is about an asynchronous invocation, but has no functionArn or no event");
        }
        return Optional.of(
                "it is about no records in a Kinesis stream, and no queue has this one as its dead-letter queue");
    }

    /** The queues whose redrive policy names this queue. The emulator has no ListDeadLetterSourceQueues. */
    private List<String> sourceQueues(String queueUrl) {
        String arn = attribute(queueUrl, QueueAttributeName.QUEUE_ARN).orElseThrow();
        return sqs.listQueuesPaginator(list -> list.maxResults(1000)).queueUrls().stream()
                .filter(url -> attribute(url, QueueAttributeName.REDRIVE_POLICY)
                        .flatMap(Redrive::deadLetterTarget)
                        .filter(arn::equals)
                        .isPresent())
                .toList();
    }

    private Optional<String> attribute(String queueUrl, QueueAttributeName name) {
        return Optional.ofNullable(
                sqs.getQueueAttributes(get -> get.queueUrl(queueUrl).attributeNames(name))
                        .attributes()
                        .get(name));
    }

    private static Optional<String> deadLetterTarget(String redrivePolicy) {
        try {
            return Optional.ofNullable(JSON.std.mapFrom(redrivePolicy).get("deadLetterTargetArn"))
                    .map(String::valueOf);
        } catch (IOException e) {
            throw new IllegalStateException("A redrive policy is not JSON: " + redrivePolicy, e);
        }
    }

    private static SendMessageRequest copy(Message message, String queueUrl) {
        SendMessageRequest.Builder copy = SendMessageRequest.builder()
                .queueUrl(queueUrl)
                .messageBody(message.body())
                .messageAttributes(message.messageAttributes());
        String group = message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
        if (group != null) {
            copy.messageGroupId(group);
        }
        if (queueUrl.endsWith(".fifo")) {
            // A new deduplication id: the queue may still know the old one and would drop the copy.
            copy.messageDeduplicationId(message.messageId());
        }
        return copy.build();
    }
}
