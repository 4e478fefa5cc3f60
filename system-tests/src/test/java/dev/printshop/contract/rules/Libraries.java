package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Reachability.LibraryCall;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A function's package has the libraries that its handler can reach, and no others: the Makefile's LIBRARIES of the
 * function are those of the module's pom.xml that are called.
 */
public final class Libraries implements Rule {

    private static final Pattern LIBRARIES = Pattern.compile("(?m)^((?:build-\\w+\\s+)*build-\\w+): LIBRARIES = (.*)$");
    private static final Pattern TARGET = Pattern.compile("build-(\\w+)");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]*)</groupId>\\s*<artifactId>([^<]*)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);
    private static final String OWN_GROUP = "dev.printshop";

    /** Libraries without a call, and the class of the JDK that finds them as services. */
    private static final Map<String, String> SERVICES = Map.of(
            "imageio-jpeg", "javax.imageio.ImageIO",
            "imageio-tiff", "javax.imageio.ImageIO",
            "webp-imageio", "javax.imageio.ImageIO");

    @Override
    public List<Violation> check(Template template, Project project) {
        Map<String, Set<String>> packaged = new HashMap<>();
        LIBRARIES
                .matcher(project.read("Makefile"))
                .results()
                .forEach(line -> TARGET.matcher(line.group(1))
                        .results()
                        .forEach(target -> packaged.put(
                                target.group(1), Set.of(line.group(2).split(" ")))));
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            if (project.code().find(function.handler()).isEmpty() || !project.has(function.module() + "/pom.xml")) {
                continue; // reported by other rules
            }
            Set<String> used = used(function, project);
            Set<String> named = packaged.getOrDefault(function.id(), Set.of());
            if (!used.equals(named)) {
                violations.add(violation(
                        function.id(),
                        "the Makefile to have 'build-%s: LIBRARIES = %s'"
                                .formatted(function.id(), String.join(" ", used)),
                        String.join(" ", new TreeSet<>(named))));
            }
        }
        return violations;
    }

    /** The libraries of the module that the function's code calls. */
    private static Set<String> used(Function function, Project project) {
        Set<String> owners = project.code().reachableFrom(function.handler()).libraryCalls().stream()
                .map(LibraryCall::owner)
                .collect(Collectors.toSet());
        Set<String> called = owners.stream()
                .flatMap(owner -> artifact(owner, project).stream())
                .collect(Collectors.toSet());
        return DEPENDENCY
                .matcher(project.read(function.module() + "/pom.xml"))
                .results()
                .filter(dependency -> !dependency.group(1).equals(OWN_GROUP))
                .filter(dependency -> !dependency.group(3).contains("<scope>test</scope>"))
                .map(dependency -> dependency.group(2))
                .filter(name -> called.contains(name) || owners.contains(SERVICES.getOrDefault(name, "none")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The name of the artifact that has a class; none for the JDK's. */
    private static Optional<String> artifact(String className, Project project) {
        return project.code()
                .find(className)
                .map(type -> type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(jar -> jar.getPath().replaceFirst(".*/", "").replaceFirst("-\\d[\\w.-]*\\.jar$", ""));
    }
}
