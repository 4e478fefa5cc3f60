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
 * A function has time for its calls of AWS, if each takes its full timeout, and for its answer. The timeout of a call
 * is a constant, so that it can be compared with the function's timeout. The number of calls that must fit is the
 * constant {@code CALLS}, by default two: a call and its retry.
 */
public final class CallTimeouts implements Rule {

    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final int CALLS_OF_MOST = 2;

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            if (project.code().find(function.handler()).isEmpty()) {
                continue; // reported by another rule
            }
            for (String constant :
                    project.code().reachableFrom(function.handler()).callTimeouts()) {
                Optional<Duration> callTimeout = valueOf(constant, project, Duration.class);
                int calls = valueOf(ownerOf(constant) + ".CALLS", project, Integer.class)
                        .orElse(CALLS_OF_MOST);
                if (callTimeout.isEmpty()) {
                    violations.add(violation(
                            function.id(), "the call timeout of each client to be a constant Duration", constant));
                } else if (needed(callTimeout.get(), calls).compareTo(Duration.ofSeconds(function.timeoutSeconds()))
                        > 0) {
                    violations.add(violation(
                            function.id(),
                            "a Timeout of at least %d s, for %d calls of at most %s and the answer"
                                    .formatted(needed(callTimeout.get(), calls).toSeconds(), calls, constant),
                            function.timeoutSeconds() + " s"));
                }
            }
        }
        return violations;
    }

    private static Duration needed(Duration callTimeout, int calls) {
        return callTimeout.multipliedBy(calls).plus(ANSWER);
    }

    private static String ownerOf(String constant) {
        return constant.substring(0, Math.max(constant.lastIndexOf('.'), 0));
    }

    private static <T> Optional<T> valueOf(String constant, Project project, Class<T> type) {
        return project.code()
                .find(ownerOf(constant))
                .flatMap(owner -> read(owner, constant.substring(constant.lastIndexOf('.') + 1), type));
    }

    private static <T> Optional<T> read(Class<?> owner, String name, Class<T> type) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            Object value = field.get(null);
            return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
        } catch (NoSuchFieldException _) {
            return Optional.empty();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
