package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * EventBridge and SNS may send to a queue, including dead-letter queues, only if its policy allows exactly that rule or
 * topic; SAM generates no such policy for a DeadLetterConfig with an existing queue. EventBridge Scheduler needs none:
 * it sends with the schedule's role.
 */
public final class QueuePolicies implements Rule {

    /** A service that sends to a queue on behalf of a rule or topic. */
    private record Sender(String queue, String service, String source) {}

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Sender sender : senders(template)) {
            if (template.resources("AWS::SQS::QueuePolicy").noneMatch(policy -> permits(policy, sender))) {
                violations.add(violation(
                        sender.queue(),
                        "a QueuePolicy that allows sqs:SendMessage to %s with %s as aws:SourceArn"
                                .formatted(sender.service(), sender.source()),
                        "none"));
            }
        }
        return violations;
    }

    private static Set<Sender> senders(Template template) {
        Set<Sender> senders = new LinkedHashSet<>();
        template.functions()
                .forEach(function -> function.events().stream()
                        .filter(event -> Set.of("EventBridgeRule", "Schedule").contains(event.type()))
                        // SAM derives the name of the generated rule from the function and the event.
                        .forEach(event -> sender(
                                        template,
                                        event.properties().at("DeadLetterConfig", "Arn"),
                                        "events",
                                        function.id() + event.name())
                                .ifPresent(senders::add)));
        template.resources("AWS::Events::Rule")
                .forEach(rule -> rule.at("Targets").items().forEach(target -> {
                    sender(template, target.at("Arn"), "events", rule.id()).ifPresent(senders::add);
                    sender(template, target.at("DeadLetterConfig", "Arn"), "events", rule.id())
                            .ifPresent(senders::add);
                }));
        template.resources("AWS::SNS::Subscription").forEach(subscription -> {
            String topic = subscription.at("TopicArn").target().orElse("");
            sender(template, subscription.at("Endpoint"), "sns", topic).ifPresent(senders::add);
            sender(template, subscription.at("RedrivePolicy", "deadLetterTargetArn"), "sns", topic)
                    .ifPresent(senders::add);
        });
        return senders;
    }

    private static Optional<Sender> sender(Template template, Value queue, String service, String source) {
        return template.target(queue, "AWS::SQS::Queue")
                .map(found -> new Sender(found.id(), service + ".amazonaws.com", source));
    }

    private static boolean permits(Resource policy, Sender sender) {
        return policy.at("Queues").references().contains(sender.queue())
                && policy.at("PolicyDocument", "Statement").items().stream()
                        .anyMatch(statement -> statement.at("Effect").text().equals("Allow")
                                && statement.at("Principal", "Service").texts().contains(sender.service())
                                && statement.at("Action").texts().contains("sqs:SendMessage")
                                && statement.at("Resource").references().contains(sender.queue())
                                && statement
                                        .at("Condition", "ArnEquals", "aws:SourceArn")
                                        .references()
                                        .contains(sender.source()));
    }
}
