package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/** Every function has its own log group, and every log group belongs to a resource and has a retention. */
public final class LogGroups implements Rule {

    private static final String LOG_GROUP = "AWS::Logs::LogGroup";

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources(LOG_GROUP).forEach(group -> {
            if (!group.at("RetentionInDays").isPresent()) {
                violations.add(violation(group.id(), "RetentionInDays", "none"));
            }
            boolean used = template.resources()
                    .filter(resource -> !resource.is("AWS::Logs::ResourcePolicy"))
                    .anyMatch(resource -> resource.properties().references().contains(group.id()));
            if (!used) {
                violations.add(violation(group.id(), "a function, rule, API or workflow that logs to it", "none"));
            }
        });
        for (Function function : template.functions()) {
            String expected = "/aws/lambda/${AWS::StackName}-" + function.kebabName();
            String actual = template.target(function.at("LoggingConfig", "LogGroup"), LOG_GROUP)
                    .map(group -> group.at("LogGroupName").text())
                    .orElse("none");
            if (!actual.equals(expected)) {
                violations.add(violation(
                        function.id(),
                        "LoggingConfig.LogGroup to be a log group of this template named " + expected,
                        actual));
            }
        }
        return violations;
    }
}
