package dev.printshop.local.story;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An inbox of support: a queue that is subscribed to the support topic until it is closed. */
public final class SupportInbox implements AutoCloseable {

    private static final String STANDING_INBOX = "support-inbox";

    private final SqsClient sqs;
    private final SnsClient sns;
    private final String queueUrl;
    private final String subscriptionArn;
    private final List<Alert> alerts = new ArrayList<>();

    /**
     * One message.
     *
     * @param subject its subject
     * @param message its text
     * @param attributes its attributes, such as the severity
     */
    public record Alert(String subject, String message, Map<String, String> attributes) {

        /** Shows the alert as a box of lines. */
        public void show(Console console) {
            console.line("┌ %s  %s", subject, attributes);
            message.lines().forEach(line -> console.line("│ %s", line));
            console.line("└");
        }
    }

    public SupportInbox(Stack stack, String name) {
        this.sqs = stack.client(SqsClient.builder());
        this.sns = stack.client(SnsClient.builder());
        this.queueUrl =
                sqs.createQueue(create -> create.queueName(name)).queueUrl().replace("//localhost:", "//127.0.0.1:");
        String queueArn = sqs.getQueueAttributes(
                        get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        sqs.setQueueAttributes(set -> set.queueUrl(queueUrl)
                .attributes(Map.of(QueueAttributeName.POLICY, """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                          "Principal": {"Service": "sns.amazonaws.com"},
                          "Action": "sqs:SendMessage", "Resource": "%s",
                          "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}]}
                        """.formatted(queueArn, stack.supportTopicArn()))));
        this.subscriptionArn = sns.subscribe(subscribe -> subscribe
                        .topicArn(stack.supportTopicArn())
                        .protocol("sqs")
                        .endpoint(queueArn)
                        .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    /** The inbox that stays open as long as the local cloud runs; opening it again changes nothing. */
    public static SupportInbox standing(Stack stack) {
        return new SupportInbox(stack, STANDING_INBOX);
    }

    /** All alerts in the queue, oldest first. They stay there. */
    public List<Alert> look() {
        Map<String, Message> messages = new LinkedHashMap<>();
        List<Message> page;
        do {
            page = sqs.receiveMessage(receive -> receive.queueUrl(queueUrl)
                            .maxNumberOfMessages(10)
                            .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP))
                    .messages();
            page.forEach(message -> messages.put(message.messageId(), message));
        } while (!page.isEmpty());
        messages.values()
                .forEach(message -> sqs.changeMessageVisibility(change -> change.queueUrl(queueUrl)
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)));
        return messages.values().stream()
                .sorted(Comparator.comparing(
                        message -> Long.valueOf(message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP))))
                .map(message -> read(message.body()))
                .toList();
    }

    /** All alerts since this inbox was opened, in the order of their arrival. */
    public List<Alert> alerts() {
        List<Message> messages;
        do {
            messages = sqs.receiveMessage(receive -> receive.queueUrl(queueUrl).maxNumberOfMessages(10))
                    .messages();
            for (Message message : messages) {
                alerts.add(read(message.body()));
                sqs.deleteMessage(delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
            }
        } while (!messages.isEmpty());
        return List.copyOf(alerts);
    }

    @Override
    public void close() {
        sns.unsubscribe(unsubscribe -> unsubscribe.subscriptionArn(subscriptionArn));
        sqs.deleteQueue(delete -> delete.queueUrl(queueUrl));
    }

    private static Alert read(String body) {
        try {
            Map<String, Object> notification = JSON.std.mapFrom(body);
            Map<String, String> attributes = new TreeMap<>();
            if (notification.get("MessageAttributes") instanceof Map<?, ?> all) {
                all.forEach((name, attribute) ->
                        attributes.put(String.valueOf(name), String.valueOf(((Map<?, ?>) attribute).get("Value"))));
            }
            return new Alert(
                    String.valueOf(notification.get("Subject")),
                    String.valueOf(notification.get("Message")),
                    attributes);
        } catch (IOException e) {
            throw new LocalCloudException("This is no notification: " + body, e);
        }
    }
}
