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
import java.util.Set;
import java.util.stream.Stream;

/**
 * Failures without an error have an alarm: a function that its stream or schedule no longer runs, and an event that can
 * be neither delivered nor stored. A queue doesn't need it, because of the alarm on the age of its oldest message.
 */
public final class Liveness implements Rule {

    private static final Set<String> SILENT_SOURCES = Set.of("Kinesis", "DynamoDB", "Schedule", "ScheduleV2");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            for (EventSource source : function.events()) {
                if (SILENT_SOURCES.contains(source.type())
                        && !isWatched(template, "AWS/Lambda", "Invocations", "!Ref " + function.id())) {
                    violations.add(violation(
                            function.id(),
                            "an alarm on its Invocations, for it may not be run by " + source.name(),
                            "none"));
                }
                if (source.properties().at("DeadLetterConfig").isPresent()) {
                    Value name = source.properties().at(source.type().equals("Schedule") ? "Name" : "RuleName");
                    checkRule(template, function.id(), name, violations);
                }
            }
            if (function.at("EventInvokeConfig", "DestinationConfig").isPresent()) {
                for (String metric : List.of("DestinationDeliveryFailures", "AsyncEventAge")) {
                    if (!isWatched(template, "AWS/Lambda", metric, "!Ref " + function.id())) {
                        violations.add(violation(function.id(), "an alarm on its " + metric, "none"));
                    }
                }
            }
        }
        template.resources("AWS::Events::Rule")
                .filter(rule -> rule.at("Targets")
                        .subtree()
                        .anyMatch(part -> part.at("DeadLetterConfig").isPresent()))
                .forEach(rule -> checkRule(template, rule.id(), rule.at("Name"), violations));
        return violations;
    }

    private void checkRule(Template template, String id, Value name, List<Violation> violations) {
        if (!isWatched(template, "AWS/Events", "InvocationsFailedToBeSentToDlq", name.toString())) {
            violations.add(violation(
                    id, "an alarm on InvocationsFailedToBeSentToDlq of its rule by the rule's name", name.toString()));
        }
    }

    private static boolean isWatched(Template template, String namespace, String metric, String dimension) {
        return template.resources("AWS::CloudWatch::Alarm")
                .flatMap(Liveness::metrics)
                .filter(watched -> watched.at("Namespace").text().equals(namespace))
                .filter(watched -> watched.at("MetricName").text().equals(metric))
                .flatMap(watched -> watched.at("Dimensions").items().stream())
                .anyMatch(each -> each.at("Value").toString().equals(dimension));
    }

    private static Stream<Value> metrics(Resource alarm) {
        return Stream.concat(
                Stream.of(alarm.properties()),
                alarm.at("Metrics").items().stream().map(query -> query.at("MetricStat", "Metric")));
    }
}
