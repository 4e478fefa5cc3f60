package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.List;
import java.util.stream.Stream;

/** Somebody is told when something ends in a queue of failures: each has an alarm on its visible messages. */
public final class DeadLetterAlarms implements Rule {

    @Override
    public List<Violation> check(Template template, Project project) {
        return template.resources()
                .flatMap(resource -> resource.declaration().subtree())
                .flatMap(DeadLetterAlarms::failureDestinations)
                .flatMap(destination -> template.target(destination, "AWS::SQS::Queue").stream())
                .distinct()
                .filter(queue -> template.resources("AWS::CloudWatch::Alarm").noneMatch(alarm -> watches(alarm, queue)))
                .map(queue -> violation(
                        queue.id(), "an alarm on AWS/SQS ApproximateNumberOfMessagesVisible of the queue", "none"))
                .toList();
    }

    private static Stream<Value> failureDestinations(Value part) {
        return Stream.of(
                        part.at("DeadLetterConfig", "Arn"),
                        part.at("OnFailure", "Destination"),
                        part.at("ErrorAction", "Sqs", "QueueUrl"),
                        part.at("deadLetterTargetArn"))
                .filter(Value::isPresent);
    }

    private static boolean watches(Resource alarm, Resource queue) {
        return alarm.at("Namespace").text().equals("AWS/SQS")
                && alarm.at("MetricName").text().equals("ApproximateNumberOfMessagesVisible")
                && alarm.at("Dimensions").references().contains(queue.id());
    }
}
