package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An alarm watches a metric that exists, with dimensions under which it is published, of a resource of this template,
 * and has an action. An alarm on any other metric never fires, which stays unnoticed.
 */
public final class AlarmMetrics implements Rule {

    private static final String AWS = "AWS/";

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::CloudWatch::Alarm").forEach(alarm -> {
            metrics(alarm).forEach(metric -> checkMetric(alarm, metric, template, project, violations));
            boolean calls = alarm.at("AlarmActions").items().stream()
                    .anyMatch(
                            action -> template.target(action, "AWS::SNS::Topic").isPresent());
            if (!calls) {
                violations.add(
                        violation(alarm.id(), "AlarmActions with a topic of this template", alarm.at("AlarmActions")));
            }
        });
        return violations;
    }

    /** The alarm's metric, or those of its metric math. */
    private static Stream<Value> metrics(Resource alarm) {
        return alarm.at("Metrics").isPresent()
                ? alarm.at("Metrics").items().stream()
                        .map(query -> query.at("MetricStat", "Metric"))
                        .filter(Value::isPresent)
                : Stream.of(alarm.properties());
    }

    private void checkMetric(
            Resource alarm, Value metric, Template template, Project project, List<Violation> violations) {
        String namespace = metric.at("Namespace").text();
        String name = metric.at("MetricName").text();
        Set<String> dimensions = metric.at("Dimensions").items().stream()
                .map(dimension -> dimension.at("Name").text())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!namespace.startsWith(AWS)) {
            if (!isOurOwn(namespace, name, dimensions, template, project)) {
                violations.add(violation(
                        alarm.id(),
                        "a metric filter, or a function's code, that has the namespace, the metric and its dimensions",
                        "%s %s of %s".formatted(namespace, name, dimensions)));
            }
            return;
        }
        Optional<Set<Set<String>>> published = AwsMetrics.dimensionsOf(namespace, name);
        if (published.isEmpty()) {
            violations.add(
                    violation(alarm.id(), "a metric that AWS publishes and AwsMetrics lists", namespace + " " + name));
        } else if (!published.get().contains(dimensions)) {
            violations.add(violation(
                    alarm.id(),
                    "dimensions of %s %s that are among %s".formatted(namespace, name, published.get()),
                    dimensions));
        }
        for (Value dimension : metric.at("Dimensions").items()) {
            AwsMetrics.valueOf(dimension.at("Name").text())
                    .filter(expected -> !expected.isGivenBy(dimension.at("Value"), template))
                    .ifPresent(expected -> violations.add(
                            violation(alarm.id(), dimension.at("Name") + " to be " + expected, dimension.at("Value"))));
        }
    }

    private static boolean isOurOwn(
            String namespace, String name, Set<String> dimensions, Template template, Project project) {
        boolean filtered = template.resources("AWS::Logs::MetricFilter")
                .flatMap(filter -> filter.at("MetricTransformations").items().stream())
                .anyMatch(metric -> metric.at("MetricNamespace").text().equals(namespace)
                        && metric.at("MetricName").text().equals(name));
        return filtered || EmittedMetrics.contain(namespace, name, dimensions, template, project);
    }
}
