package dev.printshop.local.redrive;

import dev.printshop.local.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A failure queue, with its messages that are hidden because this redrive has received them. */
final class FailureQueue {

    /** The longest duration of a redrive; after it, its messages become visible again. */
    private static final int INVISIBLE_SECONDS = 3600;

    private final SqsClient sqs;
    private final String url;
    private final Console console;

    /** The messages that were neither deleted nor left, by their ids. */
    private final Map<String, Message> hidden = new LinkedHashMap<>();

    FailureQueue(SqsClient sqs, String url, Console console) {
        this.sqs = sqs;
        this.url = url;
        this.console = console;
    }

    String url() {
        return url;
    }

    /** Receives all visible messages, which hides them. */
    List<Message> receiveAll() {
        List<Message> page;
        do {
            page = sqs.receiveMessage(receive -> receive.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(INVISIBLE_SECONDS)
                            .waitTimeSeconds(1)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
            page.forEach(message -> hidden.put(message.messageId(), message));
        } while (!page.isEmpty());
        return new ArrayList<>(hidden.values());
    }

    void delete(Message message) {
        sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
        hidden.remove(message.messageId());
    }

    /** Makes a message visible again, unless it was deleted. */
    void leave(Message message) {
        if (!hidden.containsKey(message.messageId())) {
            return;
        }
        sqs.changeMessageVisibility(change ->
                change.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
        hidden.remove(message.messageId());
    }

    /** Makes all messages visible again that were neither deleted nor left. Nothing is thrown. */
    void leaveTheRest() {
        for (Message message : List.copyOf(hidden.values())) {
            try {
                leave(message);
            } catch (SdkException e) {
                console.line(
                        "Message %s stays hidden for up to %d minutes: %s",
                        message.messageId(), INVISIBLE_SECONDS / 60, String.valueOf(e.getMessage()));
            }
        }
    }

    /** The approximate number of messages; on AWS, it may include messages that have just been deleted. */
    Count count() {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(get -> get.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return new Count(
                number(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)),
                number(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)));
    }

    /**
     * The messages of a queue.
     *
     * @param visible those that the next redrive gets
     * @param hidden those received by another consumer, such as an interrupted redrive; they become visible later
     */
    record Count(int visible, int hidden) {}

    private static int number(@Nullable String attribute) {
        return attribute == null ? 0 : Integer.parseInt(attribute);
    }
}
