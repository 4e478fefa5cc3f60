package dev.printshop.contract.rules;

import dev.printshop.contract.EventSource;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function's role allows the actions of Lambda on the function's behalf, each on exactly its resource: writing the
 * log, sending traces, polling the event source, and sending failures to their destination.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html">Permissions for Kinesis</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html">Permissions for SQS</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Destinations</a>
 */
public final class PlatformPermissions implements Rule {

    /** X-Ray has no resources. */
    private static final String ANY = "*";

    private static final Map<String, List<String>> POLLED = Map.of(
            "Kinesis",
            List.of(
                    "kinesis:DescribeStream",
                    "kinesis:DescribeStreamSummary",
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:ListShards"),
            "DynamoDB",
            List.of(
                    "dynamodb:DescribeStream",
                    "dynamodb:GetRecords",
                    "dynamodb:GetShardIterator",
                    "dynamodb:ListStreams"),
            "SQS",
            List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"));

    private static final Map<String, String> SENT = Map.of("SQS", "sqs:SendMessage", "SNS", "sns:Publish");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            List<Value> allowed = template.policyStatements(function)
                    .filter(statement -> statement.at("Effect").text().equals("Allow"))
                    .toList();
            of(template, function)
                    .forEach((action, resources) -> resources.forEach(resource -> {
                        Set<String> granted = allowed.stream()
                                .filter(statement ->
                                        statement.at("Action").texts().contains(action))
                                .flatMap(statement -> statement.at("Resource").items().stream())
                                .map(PlatformPermissions::name)
                                .collect(Collectors.toCollection(TreeSet::new));
                        if (!granted.contains(resource)) {
                            violations.add(violation(
                                    function.id(), "its role to allow %s on %s".formatted(action, resource), granted));
                        }
                    }));
        }
        return violations;
    }

    /** The actions that Lambda needs, each with the names of its resources. */
    static Map<String, Set<String>> of(Template template, Function function) {
        Map<String, Set<String>> needs = new TreeMap<>();
        function.at("LoggingConfig", "LogGroup")
                .target()
                .ifPresent(group -> Stream.of("logs:CreateLogStream", "logs:PutLogEvents")
                        .forEach(action -> add(needs, action, group)));
        if (function.at("Tracing").text().equals("Active")) {
            add(needs, "xray:PutTraceSegments", ANY);
            add(needs, "xray:PutTelemetryRecords", ANY);
        }
        for (EventSource source : function.events()) {
            Value polled = source.properties().at(source.type().equals("SQS") ? "Queue" : "Stream");
            POLLED.getOrDefault(source.type(), List.of()).forEach(action -> add(needs, action, name(polled)));
            addDestination(needs, source.properties().at("DestinationConfig", "OnFailure"));
        }
        addDestination(needs, function.at("EventInvokeConfig", "DestinationConfig", "OnFailure"));
        return needs;
    }

    private static void addDestination(Map<String, Set<String>> needs, Value destination) {
        String action = SENT.get(destination.at("Type").text());
        if (action != null) {
            add(needs, action, name(destination.at("Destination")));
        }
    }

    private static void add(Map<String, Set<String>> needs, String action, String resource) {
        needs.computeIfAbsent(action, _ -> new TreeSet<>()).add(resource);
    }

    private static String name(Value resource) {
        return resource.target().orElse(resource.text());
    }
}
