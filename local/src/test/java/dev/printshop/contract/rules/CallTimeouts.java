package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A function has time for a call of each of its AWS clients that takes as long as it may, for the call's repetition,
 * and for its answer. The longest time of a call stands in a constant, so that it can be compared with the timeout.
 */
public final class CallTimeouts implements Rule {

    private static final Duration ANSWER = Duration.ofSeconds(1);

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            if (project.code().find(function.handler()).isEmpty()) {
                continue; // another rule tells
            }
            for (String constant :
                    project.code().reachableFrom(function.handler()).callTimeouts()) {
                Optional<Duration> callTimeout = valueOf(constant, project);
                if (callTimeout.isEmpty()) {
                    violations.add(violation(
                            function.id(), "the call timeout of each client to be a constant Duration", constant));
                } else if (needed(callTimeout.get()).compareTo(Duration.ofSeconds(function.timeoutSeconds())) > 0) {
                    violations.add(violation(
                            function.id(),
                            "a Timeout of at least %d s, for two calls of at most %s and the answer"
                                    .formatted(needed(callTimeout.get()).toSeconds(), constant),
                            function.timeoutSeconds() + " s"));
                }
            }
        }
        return violations;
    }

    private static Duration needed(Duration callTimeout) {
        return callTimeout.multipliedBy(2).plus(ANSWER);
    }

    private static Optional<Duration> valueOf(String constant, Project project) {
        int dot = constant.lastIndexOf('.');
        return project.code()
                .find(constant.substring(0, Math.max(dot, 0)))
                .flatMap(owner -> read(owner, constant.substring(dot + 1)));
    }

    private static Optional<Duration> read(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null) instanceof Duration duration ? Optional.of(duration) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
