package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Template;
import java.util.Set;
import java.util.stream.Stream;

/** The metrics that the functions of a template emit. */
final class EmittedMetrics {

    private EmittedMetrics() {}

    /** Whether a function has the namespace in its environment, and the metric and its dimensions in its code. */
    static boolean contain(String namespace, String name, Set<String> dimensions, Template template, Project project) {
        return template.functions().stream()
                .filter(function -> function.environmentVariables().stream()
                        .anyMatch(variable -> function.at("Environment", "Variables", variable)
                                .text()
                                .equals(namespace)))
                .map(Function::handler)
                .filter(handler -> project.code().find(handler).isPresent())
                .map(handler -> project.code().reachableFrom(handler).constants())
                .anyMatch(constants ->
                        Stream.concat(Stream.of(name), dimensions.stream()).allMatch(constants::contains));
    }
}
