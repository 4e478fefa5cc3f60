package dev.printshop.local.redrive;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * An event that failed at its target or could not be delivered, from a message of a failure queue.
 *
 * @param targetArn a function, with its alias, or a queue
 * @param payload the event
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Capturing records of
 *     Lambda asynchronous invocations</a>
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html">Dead-letter queues of
 *     EventBridge</a>
 */
record Invocation(String targetArn, String payload) {

    /** Reads a message, if it is Lambda's about an asynchronous invocation or EventBridge's about a rule's target. */
    static Optional<Invocation> parse(Message message) {
        MessageAttributeValue target = message.messageAttributes().get("TARGET_ARN");
        if (message.messageAttributes().containsKey("RULE_ARN") && target != null) {
            // The message is the event itself.
            return Optional.of(new Invocation(target.stringValue(), message.body()));
        }
        return StreamFailure.object(message.body())
                .flatMap(fields -> fields.get("requestContext") instanceof Map<?, ?> context
                                && context.get("functionArn") instanceof String function
                                && fields.get("requestPayload") instanceof Map<?, ?> payload
                        ? Optional.of(new Invocation(function, WholeJson.write(payload)))
                        : Optional.empty());
    }
}
