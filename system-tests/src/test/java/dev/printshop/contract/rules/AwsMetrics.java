package dev.printshop.contract.rules;

import dev.printshop.contract.Resource;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The metrics of AWS's services that alarms may watch, and the sets of dimensions under which they are published. It
 * contains only metrics that are suitable for alarms. Sources, all below https://docs.aws.amazon.com/:
 *
 * <ul>
 *   <li>SQS: AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 *   <li>Lambda: lambda/latest/dg/monitoring-metrics-types.html and monitoring-metrics-view.html
 *   <li>Kinesis: streams/latest/dev/monitoring-with-cloudwatch.html
 *   <li>ApiGateway: apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 *   <li>States: step-functions/latest/dg/procedure-cw-metrics.html
 *   <li>Events: eventbridge/latest/userguide/eb-monitoring.html
 *   <li>Scheduler: scheduler/latest/UserGuide/monitoring-cloudwatch.html
 *   <li>DynamoDB: amazondynamodb/latest/developerguide/metrics-dimensions.html
 *   <li>Firehose: firehose/latest/dev/monitoring-with-cloudwatch-metrics.html
 *   <li>SNS: sns/latest/dg/sns-monitoring-using-cloudwatch.html
 * </ul>
 */
final class AwsMetrics {

    private record Published(String namespace, Set<String> metrics, Set<Set<String>> dimensions) {}

    private static final List<Published> PUBLISHED = List.of(
            new Published(
                    "AWS/SQS",
                    Set.of(
                            "ApproximateNumberOfMessagesVisible",
                            "ApproximateNumberOfMessagesNotVisible",
                            "ApproximateAgeOfOldestMessage",
                            "NumberOfMessagesSent"),
                    Set.of(Set.of("QueueName"))),
            new Published(
                    "AWS/Lambda",
                    Set.of(
                            "Errors",
                            "Throttles",
                            "Duration",
                            "Invocations",
                            "ConcurrentExecutions",
                            "DeadLetterErrors",
                            "DestinationDeliveryFailures",
                            "AsyncEventAge",
                            "AsyncEventsDropped",
                            "IteratorAge"),
                    Set.of(
                            Set.of("FunctionName"),
                            Set.of("FunctionName", "Resource"),
                            Set.of("FunctionName", "Resource", "ExecutedVersion"))),
            new Published(
                    "AWS/Kinesis",
                    Set.of(
                            "GetRecords.IteratorAgeMilliseconds",
                            "ReadProvisionedThroughputExceeded",
                            "WriteProvisionedThroughputExceeded",
                            "PutRecords.FailedRecords",
                            "PutRecords.ThrottledRecords",
                            "IncomingRecords",
                            "IncomingBytes"),
                    Set.of(Set.of("StreamName"))),
            new Published(
                    "AWS/ApiGateway",
                    Set.of("4XXError", "5XXError", "Count", "Latency", "IntegrationLatency"),
                    Set.of(
                            Set.of("ApiName"),
                            Set.of("ApiName", "Stage"),
                            Set.of("ApiName", "Stage", "Resource", "Method"))),
            new Published(
                    "AWS/States",
                    Set.of(
                            "ExecutionsFailed",
                            "ExecutionsTimedOut",
                            "ExecutionsAborted",
                            "ExecutionThrottled",
                            "ExecutionTime"),
                    Set.of(Set.of("StateMachineArn"))),
            new Published(
                    "AWS/Events",
                    Set.of(
                            "FailedInvocations",
                            "InvocationsSentToDlq",
                            "InvocationsFailedToBeSentToDlq",
                            "ThrottledRules"),
                    Set.of(Set.of("RuleName"), Set.of("EventBusName", "RuleName"))),
            new Published(
                    "AWS/Scheduler",
                    Set.of(
                            "TargetErrorCount",
                            "TargetErrorThrottledCount",
                            "InvocationDroppedCount",
                            "InvocationsSentToDeadLetterCount",
                            "InvocationsFailedToBeSentToDeadLetterCount"),
                    Set.of(Set.of(), Set.of("ScheduleGroup"))),
            new Published(
                    "AWS/DynamoDB",
                    Set.of("ReadThrottleEvents", "WriteThrottleEvents"),
                    Set.of(Set.of("TableName"), Set.of("TableName", "GlobalSecondaryIndexName"))),
            new Published(
                    "AWS/DynamoDB",
                    Set.of("ThrottledRequests", "SystemErrors", "SuccessfulRequestLatency"),
                    Set.of(Set.of("TableName", "Operation"))),
            new Published(
                    "AWS/DynamoDB",
                    Set.of("ConditionalCheckFailedRequests", "TransactionConflict"),
                    Set.of(Set.of("TableName"))),
            new Published(
                    "AWS/Firehose",
                    Set.of(
                            "DeliveryToS3.DataFreshness",
                            "DeliveryToS3.Success",
                            "ThrottledRecords",
                            "ExecuteProcessing.Success",
                            "PartitionCountExceeded",
                            "KinesisMillisBehindLatest",
                            "SucceedProcessing.Records"),
                    Set.of(Set.of("DeliveryStreamName"))),
            new Published(
                    "AWS/SNS",
                    Set.of(
                            "NumberOfNotificationsFailed",
                            "NumberOfNotificationsRedrivenToDlq",
                            "NumberOfNotificationsFailedToRedriveToDlq"),
                    Set.of(Set.of("TopicName"))));

    /**
     * The source of a dimension's value: a resource of one of several types, by Ref or by an attribute, or, if neither
     * gives the name, the same text as in the resource's property.
     */
    record DimensionValue(List<String> types, String attribute, String nameProperty) {

        private static final String REF = "Ref";

        boolean isGivenBy(Value value, Template template) {
            if (names(template).anyMatch(name -> name.toString().equals(value.toString()))) {
                return true;
            }
            Optional<Resource> named =
                    value.target().flatMap(template::resource).filter(resource -> types.contains(resource.type()));
            boolean asked = attribute.equals(REF)
                    ? value.at(REF).isPresent()
                    : value.attribute().equals(attribute);
            // Ref of a rule on a custom bus gives bus|rule, which is not its name.
            return asked
                    && named.filter(resource -> !resource.at("EventBusName").isPresent())
                            .isPresent();
        }

        private Stream<Value> names(Template template) {
            Stream<Value> ofResources = template.resources()
                    .filter(resource -> types.contains(resource.type()))
                    .map(resource -> resource.at(nameProperty));
            // SAM generates the rules of a function's events.
            Stream<Value> ofEvents = types.contains("AWS::Events::Rule")
                    ? template.functions().stream()
                            .flatMap(function -> function.events().stream())
                            .flatMap(event -> Stream.of(
                                    event.properties().at("RuleName"),
                                    event.properties().at("Name")))
                    : Stream.of();
            return Stream.concat(ofResources, ofEvents).filter(Value::isPresent);
        }

        @Override
        public String toString() {
            return "%s of a resource of type %s, or its property %s"
                    .formatted(attribute.isEmpty() ? "nothing" : attribute, String.join(" or ", types), nameProperty);
        }
    }

    private static final Map<String, DimensionValue> VALUES = Map.ofEntries(
            Map.entry("QueueName", new DimensionValue(List.of("AWS::SQS::Queue"), "QueueName", "QueueName")),
            Map.entry("FunctionName", new DimensionValue(List.of("AWS::Serverless::Function"), "Ref", "FunctionName")),
            Map.entry("StreamName", new DimensionValue(List.of("AWS::Kinesis::Stream"), "Ref", "Name")),
            Map.entry("ApiName", new DimensionValue(List.of("AWS::Serverless::Api"), "", "Name")),
            Map.entry("StateMachineArn", new DimensionValue(List.of("AWS::Serverless::StateMachine"), "Ref", "Name")),
            Map.entry("RuleName", new DimensionValue(List.of("AWS::Events::Rule"), "Ref", "Name")),
            Map.entry("EventBusName", new DimensionValue(List.of("AWS::Events::EventBus"), "Ref", "Name")),
            Map.entry("TableName", new DimensionValue(List.of("AWS::DynamoDB::Table"), "Ref", "TableName")),
            Map.entry(
                    "DeliveryStreamName",
                    new DimensionValue(List.of("AWS::KinesisFirehose::DeliveryStream"), "Ref", "DeliveryStreamName")),
            Map.entry("TopicName", new DimensionValue(List.of("AWS::SNS::Topic"), "TopicName", "TopicName")));

    private AwsMetrics() {}

    /** The sets of dimensions of a metric; empty for an unknown metric. */
    static Optional<Set<Set<String>>> dimensionsOf(String namespace, String metric) {
        return PUBLISHED.stream()
                .filter(published -> published.namespace().equals(namespace)
                        && published.metrics().contains(metric))
                .map(Published::dimensions)
                .findFirst();
    }

    /** The required source of a dimension's value; empty if it may be any text. */
    static Optional<DimensionValue> valueOf(String dimension) {
        return Optional.ofNullable(VALUES.get(dimension));
    }
}
