package dev.printshop.contract.rules;

import dev.printshop.contract.Module;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A module's stack is the template in the module's folder. It gets each of its parameters from the root, and none from
 * another module, so that any module can become a separate stack. Globals are the same in all templates with functions.
 */
public final class Modules implements Rule {

    private static final String SERVICE_NAME = "POWERTOOLS_SERVICE_NAME: ";

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        Set<String> stacks = template.modules().stream().map(Module::id).collect(Collectors.toSet());
        Set<String> files =
                template.modules().stream().map(Modules::folderAndFile).collect(Collectors.toCollection(TreeSet::new));
        if (!files.equals(project.moduleTemplates())) {
            violations.add(violation("Resources", "a stack for each of " + project.moduleTemplates(), files));
        }
        for (Module module : template.modules()) {
            Set<String> declared = module.document().at("Parameters").fields().keySet();
            if (!declared.equals(module.parameters().keySet())) {
                violations.add(violation(
                        module.id(),
                        "exactly the parameters of its template, " + new TreeSet<>(declared),
                        new TreeSet<>(module.parameters().keySet())));
            }
            module.parameters()
                    .forEach((name, value) -> value.references().stream()
                            .filter(stacks::contains)
                            .forEach(other -> violations.add(violation(
                                    module.id(),
                                    "the parameter %s from the root".formatted(name),
                                    "one from " + other))));
            if (!hasFunctions(module)) {
                violations.add(violation(module.id(), "a module with functions", "none in " + module.file()));
            }
            String globals = globals(module);
            String firstGlobals = globals(template.modules().getFirst());
            if (!globals.equals(firstGlobals)) {
                violations.add(violation(module.id(), "the Globals of all modules, " + firstGlobals, globals));
            }
        }
        checkFunctionsOfTheRoot(template, violations);
        return violations;
    }

    /** Their Globals name the stack itself where a module's have a parameter, and the folder of their code. */
    private void checkFunctionsOfTheRoot(Template template, List<Violation> violations) {
        Set<String> ids = template.root().at("Resources").fields().keySet();
        template.functions().stream()
                .filter(function -> ids.contains(function.id()))
                .forEach(function -> {
                    String globals = withoutFolder(template.root().at("Globals"), function.module())
                            .replace("${AWS::StackName}", "${Application}");
                    String ofModules = globals(template.modules().getFirst());
                    if (!globals.equals(ofModules)) {
                        violations.add(violation(function.id(), "the Globals of all modules, " + ofModules, globals));
                    }
                });
    }

    /** The Globals, with a text in place of the module's folder, which is the name of the service in logs. */
    private static String globals(Module module) {
        String folder = Path.of(module.file()).getParent().getFileName().toString();
        return withoutFolder(module.document().at("Globals"), folder);
    }

    private static String withoutFolder(Value globals, String folder) {
        return globals.toString().replace(SERVICE_NAME + folder + ",", SERVICE_NAME + "the module's folder,");
    }

    private static String folderAndFile(Module module) {
        Path file = Path.of(module.file());
        return file.subpath(file.getNameCount() - 2, file.getNameCount()).toString();
    }

    private static boolean hasFunctions(Module module) {
        return module.document().at("Resources").fields().values().stream()
                .anyMatch(resource -> resource.at("Type").text().equals("AWS::Serverless::Function"));
    }
}
