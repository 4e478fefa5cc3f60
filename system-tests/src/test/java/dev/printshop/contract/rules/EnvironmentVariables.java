package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every environment variable that a function's code reads is set for it, and every one that is set is read. */
public final class EnvironmentVariables implements Rule {

    /** Variables that are not read by the application, and their readers. */
    private static final Map<String, String> READ_BY_OTHERS = Map.of(
            "JAVA_TOOL_OPTIONS", "the JVM",
            "POWERTOOLS_SERVICE_NAME", "Powertools",
            "POWERTOOLS_LOG_LEVEL", "Powertools");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            if (project.code().find(function.handler()).isEmpty()) {
                continue; // reported by another rule
            }
            Set<String> read = project.code().reachableFrom(function.handler()).environmentVariables();
            Set<String> set = function.environmentVariables();
            for (String name : minus(read, set)) {
                violations.add(violation(
                        function.id(),
                        "the environment variable %s to be set, because the code reads it".formatted(name),
                        set));
            }
            for (String name : minus(set, read)) {
                if (!READ_BY_OTHERS.containsKey(name)) {
                    violations.add(violation(
                            function.id(),
                            "code that reads the environment variable %s, because it is set".formatted(name),
                            read));
                }
            }
        }
        return violations;
    }

    private static Set<String> minus(Set<String> all, Set<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }
}
