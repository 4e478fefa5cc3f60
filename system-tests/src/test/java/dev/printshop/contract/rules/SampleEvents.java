package dev.printshop.contract.rules;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.printshop.contract.EventSource;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every function has sample events, named after it ({@code events/resize-photo.json}, {@code
 * events/resize-photo.poison.json}), which Lambda's own serialiser converts to its handler's input type, and which the
 * README lists.
 */
public final class SampleEvents implements Rule {

    private static final String FOLDER = "events";
    private static final String README = "events/README.md";

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        Set<String> unclaimed = new TreeSet<>(project.jsonFiles(FOLDER));
        String readme = project.has(README) ? project.read(README) : "";
        for (Function function : template.functions()) {
            List<String> samples = unclaimed.stream()
                    .filter(file -> file.substring(0, file.indexOf('.')).equals(function.kebabName()))
                    .toList();
            unclaimed.removeAll(samples);
            if (samples.isEmpty()) {
                violations.add(violation(
                        function.id(), "a sample event events/%s.json".formatted(function.kebabName()), "none"));
            }
            for (String sample : samples) {
                problem(function, project, template, sample)
                        .ifPresent(problem -> violations.add(violation(
                                function.id(), "events/%s to be an event that it gets".formatted(sample), problem)));
                if (!readme.contains("`" + sample + "`")) {
                    violations.add(violation(function.id(), README + " to list `" + sample + "`", "no such line"));
                }
            }
        }
        unclaimed.forEach(file -> violations.add(violation(
                "events/" + file, "to be named after a function: <verb>-<noun>[.<what>].json", "no such function")));
        return violations;
    }

    private static Optional<String> problem(Function function, Project project, Template template, String sample) {
        Optional<Type> type = Handlers.inputType(function, project);
        if (type.isEmpty()) {
            return Optional.empty(); // it reads bytes, or reported by another rule
        }
        Object event;
        try {
            event = serializer(type.get()).fromJson(project.read(FOLDER + "/" + sample));
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
        // The serialiser ignores unknown fields: an event of another kind results in an empty object.
        return event instanceof Map<?, ?> fields ? unlikePattern(function, fields, template) : emptiness(event);
    }

    /** The serialiser that the runtime interface client chooses. */
    private static PojoSerializer<?> serializer(Type type) {
        return type instanceof Class<?> known && LambdaEventSerializers.isLambdaSupportedEvent(known.getName())
                ? LambdaEventSerializers.serializerFor(known, SampleEvents.class.getClassLoader())
                : JacksonFactory.getInstance().getSerializer(type);
    }

    /** An event from EventBridge has the source and type of a rule's pattern that triggers the function. */
    private static Optional<String> unlikePattern(Function function, Map<?, ?> event, Template template) {
        List<EventSource> rules = template.eventSources(function).stream()
                .filter(source -> source.properties().at("Pattern").isPresent())
                .toList();
        boolean likeOne = rules.stream()
                .map(source -> source.properties().at("Pattern"))
                .anyMatch(pattern -> pattern.at("source").texts().contains(String.valueOf(event.get("source")))
                        && pattern.at("detail-type").texts().contains(String.valueOf(event.get("detail-type"))));
        return rules.isEmpty() || likeOne
                ? Optional.empty()
                : Optional.of("source %s, detail-type %s".formatted(event.get("source"), event.get("detail-type")));
    }

    private static Optional<String> emptiness(Object event) {
        for (String content :
                List.of("getWindow", "getRecords", "getMethodArn", "getHttpMethod", "getRawPath", "getDetailType")) {
            try {
                Object value = event.getClass().getMethod(content).invoke(event);
                boolean empty = value == null || value instanceof Collection<?> items && items.isEmpty();
                return empty ? Optional.of("an event where %s gives nothing".formatted(content)) : Optional.empty();
            } catch (NoSuchMethodException _) {
                // Then another one of these identifies it.
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return Optional.empty();
    }
}
