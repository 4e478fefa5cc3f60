package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.List;
import java.util.stream.Stream;

/**
 * Each failure queue has an alarm on its visible messages. And each function with a failure destination has an alarm on
 * messages that Lambda can't deliver there.
 */
public final class DeadLetterAlarms implements Rule {

    @Override
    public List<Violation> check(Template template, Project project) {
        Stream<Violation> queues = template.resources()
                .flatMap(resource -> resource.declaration().subtree())
                .flatMap(DeadLetterAlarms::failureDestinations)
                .flatMap(destination -> template.target(destination, "AWS::SQS::Queue").stream())
                .distinct()
                .filter(queue -> hasNoAlarm(template, queue, "AWS/SQS", "ApproximateNumberOfMessagesVisible"))
                .map(queue -> violation(
                        queue.id(), "an alarm on AWS/SQS ApproximateNumberOfMessagesVisible of the queue", "none"));
        Stream<Violation> functions = template.resources("AWS::Serverless::Function")
                .filter(function -> function.declaration()
                        .subtree()
                        .anyMatch(part -> part.at("OnFailure", "Destination").isPresent()))
                .filter(function -> hasNoAlarm(template, function, "AWS/Lambda", "DestinationDeliveryFailures"))
                .map(function -> violation(
                        function.id(), "an alarm on AWS/Lambda DestinationDeliveryFailures of the function", "none"));
        return Stream.concat(queues, functions).toList();
    }

    private static Stream<Value> failureDestinations(Value part) {
        return Stream.of(
                        part.at("DeadLetterConfig", "Arn"),
                        part.at("OnFailure", "Destination"),
                        part.at("ErrorAction", "Sqs", "QueueUrl"),
                        part.at("deadLetterTargetArn"))
                .filter(Value::isPresent);
    }

    private static boolean hasNoAlarm(Template template, Resource watched, String namespace, String metric) {
        return template.resources("AWS::CloudWatch::Alarm")
                .noneMatch(alarm -> alarm.at("Namespace").text().equals(namespace)
                        && alarm.at("MetricName").text().equals(metric)
                        && alarm.at("Dimensions").references().contains(watched.id()));
    }
}
