package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The Makefile has a target build-LogicalId for every function, which packages the module that CodeUri names. */
public final class BuildTargets implements Rule {

    private static final Pattern MODULE = Pattern.compile("(?m)^((?:build-\\w+\\s+)*build-\\w+): MODULE = (\\S+)$");
    private static final Pattern TARGET = Pattern.compile("build-(\\w+)");

    @Override
    public List<Violation> check(Template template, Project project) {
        Map<String, String> modules = new HashMap<>();
        MODULE.matcher(project.read("Makefile")).results().forEach(line -> {
            TARGET.matcher(line.group(1)).results().forEach(target -> modules.put(target.group(1), line.group(2)));
        });
        List<Violation> violations = new ArrayList<>();
        template.functions().forEach(function -> {
            String module = modules.remove(function.id());
            if (!function.module().equals(module)) {
                violations.add(violation(
                        function.id(),
                        "the Makefile to have 'build-%s: MODULE = %s', as in CodeUri"
                                .formatted(function.id(), function.module()),
                        module == null ? "no such target" : "MODULE = " + module));
            }
        });
        return violations;
    }
}
