package dev.printshop.contract.rules;

import dev.printshop.contract.EventSource;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A handler's input type fits the events of its source, and its output type fits the expected answer. */
public final class InputTypeFitsEventSource implements Rule {

    private static final String EVENTS = "com.amazonaws.services.lambda.runtime.events.";
    private static final String JSON_OBJECT = "java.util.Map<java.lang.String, java.lang.Object>";
    private static final Set<String> ANY = Set.of();

    /** The event type of a source, and its answer type, if it reads the answer. */
    private record Types(Set<String> inputs, Set<String> outputs) {}

    private static final Types EVENTBRIDGE = new Types(Set.of(JSON_OBJECT, EVENTS + "ScheduledEvent"), ANY);

    /** By SAM's event type, or by the type of the resource that calls the function. */
    private static final Map<String, Types> TYPES = Map.ofEntries(
            Map.entry("SQS", new Types(Set.of(EVENTS + "SQSEvent"), ANY)),
            Map.entry("SNS", new Types(Set.of(EVENTS + "SNSEvent"), ANY)),
            Map.entry("AWS::SNS::Subscription", new Types(Set.of(EVENTS + "SNSEvent"), ANY)),
            Map.entry("S3", new Types(Set.of(EVENTS + "S3Event"), ANY)),
            Map.entry("Kinesis", new Types(Set.of(EVENTS + "KinesisEvent"), ANY)),
            Map.entry(
                    "Kinesis, tumbling window",
                    new Types(Set.of(EVENTS + "KinesisTimeWindowEvent"), Set.of(EVENTS + "TimeWindowEventResponse"))),
            Map.entry("DynamoDB", new Types(Set.of(EVENTS + "DynamodbEvent"), ANY)),
            Map.entry(
                    "Api",
                    new Types(
                            Set.of(EVENTS + "APIGatewayProxyRequestEvent"),
                            Set.of(EVENTS + "APIGatewayProxyResponseEvent"))),
            Map.entry(
                    "function URL",
                    new Types(Set.of(EVENTS + "APIGatewayV2HTTPEvent"), Set.of(EVENTS + "APIGatewayV2HTTPResponse"))),
            Map.entry(
                    "AWS::Serverless::Api", // calls its authorizers
                    new Types(
                            Set.of(EVENTS + "APIGatewayCustomAuthorizerEvent", EVENTS + "APIGatewayProxyRequestEvent"),
                            Set.of(EVENTS + "IamPolicyResponse", JSON_OBJECT))),
            Map.entry(
                    "AWS::KinesisFirehose::DeliveryStream", // calls its processors
                    new Types(
                            Set.of(EVENTS + "KinesisFirehoseEvent"),
                            Set.of(EVENTS + "KinesisAnalyticsInputPreprocessingResponse", JSON_OBJECT))),
            Map.entry(
                    // The library's type has no partition keys: Firehose would treat all records as failed.
                    "AWS::KinesisFirehose::DeliveryStream, partitioned by its processor",
                    new Types(Set.of(EVENTS + "KinesisFirehoseEvent"), Set.of(JSON_OBJECT))),
            Map.entry("AWS::Serverless::StateMachine", new Types(Set.of(JSON_OBJECT), ANY)),
            Map.entry("EventBridgeRule", EVENTBRIDGE),
            Map.entry("AWS::Events::Rule", EVENTBRIDGE),
            Map.entry("Schedule", EVENTBRIDGE),
            Map.entry("ScheduleV2", EVENTBRIDGE),
            Map.entry("AWS::Scheduler::Schedule", EVENTBRIDGE));

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            List<EventSource> sources = template.eventSources(function);
            if (sources.isEmpty()) {
                violations.add(violation(function.id(), "an event source", "none"));
            }
            for (EventSource source : sources) {
                check(function, source, project, violations);
            }
        }
        return violations;
    }

    private void check(Function function, EventSource source, Project project, List<Violation> violations) {
        Types types = TYPES.get(kind(source));
        if (types == null) {
            violations.add(violation(function.id(), "an event source that this rule has the types of", kind(source)));
            return;
        }
        checkType("takes", Handlers.inputType(function, project), types.inputs(), source)
                .or(() -> checkType("answers", Handlers.outputType(function, project), types.outputs(), source))
                .ifPresent(problem -> violations.add(violation(function.id(), problem.expected(), problem.actual())));
    }

    private record Trouble(String expected, String actual) {}

    private static Optional<Trouble> checkType(
            String verb, Optional<Type> declared, Set<String> fitting, EventSource source) {
        return declared.map(Type::getTypeName)
                .filter(type -> !fitting.isEmpty() && !fitting.contains(type))
                .map(type -> new Trouble(
                        "a handler that %s %s, because of its event source %s (%s)"
                                .formatted(verb, names(fitting), source.name(), kind(source)),
                        type));
    }

    private static String names(Set<String> types) {
        return String.join(
                " or ",
                types.stream().map(type -> type.replace(EVENTS, "")).sorted().toList());
    }

    private static String kind(EventSource source) {
        if (source.properties().at("TumblingWindowInSeconds").isPresent()) {
            return source.type() + ", tumbling window";
        }
        boolean partitioned = source.properties()
                .at("ExtendedS3DestinationConfiguration", "Prefix")
                .text()
                .contains("!{partitionKeyFromLambda:");
        return partitioned ? source.type() + ", partitioned by its processor" : source.type();
    }
}
