package dev.printshop.contract.rules;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every Handler is a public class with a public no-argument constructor that Lambda can run. */
public final class HandlerResolves implements Rule {

    @Override
    public List<Violation> check(Template template, Project project) {
        return template.functions().stream()
                .flatMap(function -> problem(function, project)
                        .map(actual -> violation(
                                function.id(),
                                "a public class with a public no-argument constructor that implements RequestHandler or"
                                        + " RequestStreamHandler",
                                actual))
                        .stream())
                .toList();
    }

    private static Optional<String> problem(Function function, Project project) {
        Optional<Class<?>> found = project.code().find(function.handler());
        if (found.isEmpty()) {
            return Optional.of("no class '%s'".formatted(function.handler()));
        }
        Class<?> handler = found.get();
        boolean constructible = Modifier.isPublic(handler.getModifiers())
                && !Modifier.isAbstract(handler.getModifiers())
                && Stream.of(handler.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
        if (!constructible) {
            return Optional.of("%s, which Lambda can't make an instance of".formatted(handler.getName()));
        }
        boolean runnable =
                RequestHandler.class.isAssignableFrom(handler) || RequestStreamHandler.class.isAssignableFrom(handler);
        return runnable ? Optional.empty() : Optional.of(handler.getName() + ", which implements neither");
    }
}
