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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dashboard shows metrics that exist, of resources of this template. A missing metric gives an empty graph, which
 * looks like a day without traffic.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html">Dashboard
 *     body structure and syntax</a>
 */
public final class DashboardMetrics implements Rule {

    /** All metrics with a name in a namespace with one dimension. */
    private static final Pattern SEARCH =
            Pattern.compile("SEARCH\\('\\{\"([^\"]+)\",(\\w+)} MetricName=\"(\\w+)\"', '[\\w.]+', \\d+\\)");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::CloudWatch::Dashboard").forEach(dashboard -> {
            List<Value> metrics = dashboard.at("DashboardBody").parsed().at("widgets").items().stream()
                    .flatMap(widget -> widget.at("properties", "metrics").items().stream())
                    .toList();
            if (metrics.isEmpty()) {
                violations.add(violation(dashboard.id(), "widgets with metrics", "none"));
            }
            for (Value metric : metrics) {
                Value first = metric.items().getFirst();
                if (first.isMap()) {
                    checkSearch(dashboard, first.at("expression").text(), template, project, violations);
                } else {
                    checkMetric(dashboard, metric.items(), template, project, violations);
                }
            }
        });
        return violations;
    }

    /**
     * A metric is its namespace, its name, each dimension's name and value, and optionally its rendering properties at
     * the end.
     */
    private void checkMetric(
            Resource dashboard, List<Value> metric, Template template, Project project, List<Violation> violations) {
        String namespace = metric.get(0).text();
        String name = metric.get(1).text();
        Set<String> dimensions = new TreeSet<>();
        for (int i = 2; i + 1 < metric.size(); i += 2) {
            String dimension = metric.get(i).text();
            Value value = metric.get(i + 1);
            dimensions.add(dimension);
            AwsMetrics.valueOf(dimension)
                    .filter(expected -> !expected.isGivenBy(value.resolved(), template))
                    .ifPresent(expected ->
                            violations.add(violation(dashboard.id(), dimension + " to be " + expected, value)));
        }
        if (!namespace.startsWith("AWS/")) {
            requireEmitted(dashboard, namespace, name, dimensions, template, project, violations);
            return;
        }
        Optional<Set<Set<String>>> published = AwsMetrics.dimensionsOf(namespace, name);
        if (!published.orElse(Set.of()).contains(dimensions)) {
            violations.add(violation(
                    dashboard.id(),
                    "a metric that AWS publishes and AwsMetrics lists, with its dimensions",
                    "%s %s of %s".formatted(namespace, name, dimensions)));
        }
    }

    private void checkSearch(
            Resource dashboard, String expression, Template template, Project project, List<Violation> violations) {
        Matcher search = SEARCH.matcher(expression);
        if (!search.matches()) {
            violations.add(violation(dashboard.id(), "an expression like " + SEARCH, expression));
            return;
        }
        requireEmitted(
                dashboard, search.group(1), search.group(3), Set.of(search.group(2)), template, project, violations);
    }

    private void requireEmitted(
            Resource dashboard,
            String namespace,
            String name,
            Set<String> dimensions,
            Template template,
            Project project,
            List<Violation> violations) {
        if (!EmittedMetrics.contain(namespace, name, dimensions, template, project)) {
            violations.add(violation(
                    dashboard.id(),
                    "a function with the namespace in its environment, and the metric and its dimension in its code",
                    "%s %s of %s".formatted(namespace, name, dimensions)));
        }
    }
}
