package dev.printshop.endtoend;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.Stack;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Records the events of a bus, and can put them again, as duplicates of EventBridge. */
final class EventRecorder implements AutoCloseable {

    private final EventBridgeClient eventBridge;
    private final SqsClient sqs;
    private final String bus;
    private final String name;
    private final String queueUrl;
    private final List<Map<String, Object>> events = new ArrayList<>();

    EventRecorder(Stack stack, String bus, String name, String pattern) {
        this.eventBridge = stack.client(EventBridgeClient.builder());
        this.sqs = stack.client(SqsClient.builder());
        this.bus = bus;
        this.name = name;
        this.queueUrl =
                sqs.createQueue(create -> create.queueName(name)).queueUrl().replace("localhost", "127.0.0.1");
        String queueArn = sqs.getQueueAttributes(
                        get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        eventBridge.putRule(put -> put.eventBusName(bus).name(name).eventPattern(pattern));
        eventBridge.putTargets(put -> put.eventBusName(bus)
                .rule(name)
                .targets(Target.builder().id("recorder").arn(queueArn).build()));
    }

    /** All events so far, unchanged. */
    List<Map<String, Object>> events() {
        while (true) {
            List<Message> messages = sqs.receiveMessage(receive ->
                            receive.queueUrl(queueUrl).maxNumberOfMessages(10).waitTimeSeconds(0))
                    .messages();
            if (messages.isEmpty()) {
                return List.copyOf(events);
            }
            for (Message message : messages) {
                events.add(parse(message.body()));
                sqs.deleteMessage(delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
            }
        }
    }

    /** Puts an event on the bus again, unchanged. */
    @SuppressWarnings("unchecked") // the detail of an event is an object
    void repeat(Map<String, Object> event) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(String.valueOf(event.get("source")))
                .detailType(String.valueOf(event.get("detail-type")))
                .detail(JsonObject.write((Map<String, ?>) event.get("detail")))
                .build();
        var response = eventBridge.putEvents(put -> put.entries(entry));
        if (response.failedEntryCount() > 0) {
            throw new IllegalStateException("The bus did not take it: " + response.entries());
        }
    }

    @Override
    public void close() {
        eventBridge.removeTargets(remove -> remove.eventBusName(bus).rule(name).ids("recorder"));
        eventBridge.deleteRule(delete -> delete.eventBusName(bus).name(name));
        sqs.deleteQueue(delete -> delete.queueUrl(queueUrl));
    }

    private static Map<String, Object> parse(String body) {
        try {
            return JSON.std.mapFrom(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
