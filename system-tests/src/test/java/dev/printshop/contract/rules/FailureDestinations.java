package dev.printshop.contract.rules;

import dev.printshop.contract.EventSource;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events of asynchronous delivery that finally fail are stored in a queue, so that no event is lost. */
public final class FailureDestinations implements Rule {

    /** Resources without a failure destination, and why. */
    private static final Map<String, String> ALLOWED = Map.of(
            "EventLogRule", "it only logs, for looking things up; a log entry that is lost isn't worth a repetition");

    private static final Set<String> ASYNCHRONOUS = Set.of(
            "EventBridgeRule",
            "Schedule",
            "ScheduleV2",
            "SNS",
            "S3",
            "AWS::Events::Rule",
            "AWS::Scheduler::Schedule",
            "AWS::SNS::Subscription");
    /** Protocols of subscriptions to programs, not to persons. */
    private static final Set<String> PROGRAMS = Set.of("sqs", "lambda", "firehose", "http", "https");

    private static final Set<String> STREAMS = Set.of("Kinesis", "DynamoDB");
    private static final int UNBOUNDED = -1;
    private static final int MISSING = -2;
    private static final int DEFAULT_RETENTION_HOURS = 24;

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            if (template.eventSources(function).stream().anyMatch(source -> ASYNCHRONOUS.contains(source.type()))) {
                checkInvocations(function, violations);
            }
            for (EventSource event : function.events()) {
                if (STREAMS.contains(event.type())) {
                    checkStream(function, event, template, violations);
                } else if (Set.of("EventBridgeRule", "Schedule", "ScheduleV2").contains(event.type())) {
                    checkDeadLetters(function.id(), "event " + event.name(), event.properties(), template, violations);
                } else if (event.type().equals("SQS")) {
                    checkQueue(event.properties().at("Queue"), template, violations);
                }
            }
        }
        template.resources("AWS::Events::Rule")
                .forEach(rule -> rule.at("Targets")
                        .items()
                        .forEach(target -> checkDeadLetters(
                                rule.id(), "target " + target.at("Id"), target, template, violations)));
        template.resources("AWS::Scheduler::Schedule")
                .forEach(schedule ->
                        checkDeadLetters(schedule.id(), "target", schedule.at("Target"), template, violations));
        template.resources("AWS::IoT::TopicRule").forEach(rule -> {
            Value errorAction = rule.at("TopicRulePayload", "ErrorAction");
            if (!isQueue(errorAction.at("Sqs", "QueueUrl"), template)) {
                violations.add(violation(rule.id(), "an ErrorAction with the URL of a queue", errorAction));
            }
        });
        template.resources("AWS::SNS::Subscription").forEach(subscription -> {
            boolean toProgram = PROGRAMS.contains(subscription.at("Protocol").text());
            if (toProgram && !isQueue(subscription.at("RedrivePolicy", "deadLetterTargetArn"), template)) {
                violations.add(
                        violation(subscription.id(), "a RedrivePolicy with a queue", subscription.at("RedrivePolicy")));
            }
        });
        violations.removeIf(violation -> ALLOWED.containsKey(violation.resource()));
        return violations;
    }

    private void checkInvocations(Function function, List<Violation> violations) {
        Value config = function.at("EventInvokeConfig");
        boolean bounded = config.at("MaximumRetryAttempts").number(UNBOUNDED) >= 0
                && config.at("MaximumEventAgeInSeconds").number(UNBOUNDED) > 0;
        if (!bounded || !hasFailureQueue(config)) {
            violations.add(violation(
                    function.id(),
                    "an EventInvokeConfig with MaximumRetryAttempts, MaximumEventAgeInSeconds and"
                            + " DestinationConfig.OnFailure of Type SQS, because it is invoked asynchronously",
                    config));
        }
    }

    /**
     * Retries are limited by attempts or by the record's age. A limit by age alone must leave time to read the records
     * again before they expire in the stream, because the failure destination gets only their sequence numbers.
     */
    private void checkStream(Function function, EventSource event, Template template, List<Violation> violations) {
        Value mapping = event.properties();
        int attempts = mapping.at("MaximumRetryAttempts").number(MISSING);
        int age = mapping.at("MaximumRecordAgeInSeconds").number(UNBOUNDED);
        boolean bounded = age > 0
                && (attempts >= 0 || (attempts == UNBOUNDED && age < retentionInSeconds(mapping, event, template)));
        if (!bounded || !mapping.at("BisectBatchOnFunctionError").isTrue() || !hasFailureQueue(mapping)) {
            violations.add(violation(
                    function.id(),
                    ("event %s to have MaximumRetryAttempts, or -1 with an age below the stream's retention,"
                                    + " MaximumRecordAgeInSeconds, BisectBatchOnFunctionError and"
                                    + " DestinationConfig.OnFailure with Type: SQS (without it SAM grants no"
                                    + " sqs:SendMessage)")
                            .formatted(event.name()),
                    mapping));
        }
    }

    /** The stream's retention: for Kinesis a day by default, for DynamoDB always a day. */
    private static int retentionInSeconds(Value mapping, EventSource event, Template template) {
        int hours = event.type().equals("Kinesis")
                ? template.target(mapping.at("Stream"), "AWS::Kinesis::Stream")
                        .map(stream -> stream.at("RetentionPeriodHours").number(DEFAULT_RETENTION_HOURS))
                        .orElse(DEFAULT_RETENTION_HOURS)
                : DEFAULT_RETENTION_HOURS;
        return hours * 3600;
    }

    private static boolean hasFailureQueue(Value config) {
        Value onFailure = config.at("DestinationConfig", "OnFailure");
        return onFailure.at("Type").text().equals("SQS")
                && onFailure.at("Destination").isPresent();
    }

    private void checkDeadLetters(
            String id, String what, Value delivery, Template template, List<Violation> violations) {
        if (!isQueue(delivery.at("DeadLetterConfig", "Arn"), template)) {
            violations.add(violation(
                    id, what + " to have a DeadLetterConfig with the Arn of a queue", delivery.at("DeadLetterConfig")));
        }
    }

    private void checkQueue(Value reference, Template template, List<Violation> violations) {
        template.target(reference, "AWS::SQS::Queue")
                .filter(queue -> !redrives(queue, template))
                .ifPresent(queue -> violations.add(violation(
                        queue.id(),
                        "a RedrivePolicy with deadLetterTargetArn and maxReceiveCount, because a function reads it",
                        queue.at("RedrivePolicy"))));
    }

    private static boolean redrives(Resource queue, Template template) {
        return isQueue(queue.at("RedrivePolicy", "deadLetterTargetArn"), template)
                && queue.at("RedrivePolicy", "maxReceiveCount").number(0) > 0;
    }

    private static boolean isQueue(Value reference, Template template) {
        return template.target(reference, "AWS::SQS::Queue").isPresent();
    }
}
