package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every event with a listener has a publisher: a record of the shared events, or AWS. And every record has a schema and
 * a listener.
 */
public final class EventContracts implements Rule {

    private static final String SCHEMAS = "events/schemas";
    private static final String SUFFIX = ".json";

    /**
     * The events of AWS with a listener.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html">S3: using EventBridge</a>
     */
    private static final Map<String, Set<String>> OF_AWS = Map.of("aws.s3", Set.of("Object Created", "Object Deleted"));

    /** A rule's pattern, and its resource. */
    private record Listener(String id, Value pattern, boolean ownBus) {}

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        Map<String, String> sources = project.code().eventSources();
        List<Listener> listeners = listeners(template);
        for (Listener listener : listeners) {
            checkProducers(listener, sources, violations);
            checkBuckets(listener, template, violations);
        }
        sources.forEach((event, source) -> {
            if (!project.has(SCHEMAS + "/" + event + SUFFIX)) {
                violations.add(violation(event, "a schema %s/%s%s".formatted(SCHEMAS, event, SUFFIX), "none"));
            }
            if (!listeners.isEmpty() && listeners.stream().noneMatch(listener -> matches(listener, source, event))) {
                violations.add(violation(event, "a rule that listens to it", "none"));
            }
        });
        for (String schema : project.jsonFiles(SCHEMAS)) {
            String event = schema.substring(0, schema.length() - SUFFIX.length());
            if (!sources.containsKey(event)) {
                violations.add(
                        violation(event, "a record of this name among the shared events, as of its schema", "none"));
            }
        }
        return violations;
    }

    private static List<Listener> listeners(Template template) {
        List<Listener> listeners = new ArrayList<>();
        template.resources("AWS::Events::Rule")
                .filter(rule -> rule.at("EventPattern").isPresent())
                .forEach(rule -> listeners.add(new Listener(
                        rule.id(),
                        rule.at("EventPattern"),
                        rule.at("EventBusName").isPresent())));
        template.functions()
                .forEach(function -> function.events().stream()
                        .filter(event -> event.type().equals("EventBridgeRule"))
                        .forEach(event -> listeners.add(new Listener(
                                function.id(),
                                event.properties().at("Pattern"),
                                event.properties().at("EventBusName").isPresent()))));
        return listeners;
    }

    private void checkProducers(Listener listener, Map<String, String> sources, List<Violation> violations) {
        List<Value> wanted = listener.pattern().at("source").items();
        if (wanted.isEmpty()) {
            violations.add(violation(listener.id(), "a pattern with a source", listener.pattern()));
        }
        Map<String, Set<String>> known = new TreeMap<>(OF_AWS);
        sources.forEach((event, source) ->
                known.computeIfAbsent(source, _ -> new TreeSet<>()).add(event));
        for (Value source : wanted) {
            List<String> matching = known.keySet().stream()
                    .filter(name -> matches(source, name))
                    .toList();
            if (matching.isEmpty()) {
                violations.add(violation(listener.id(), "a source among " + known.keySet(), source));
                continue;
            }
            if (matching.stream().anyMatch(name -> name.startsWith("aws.") == listener.ownBus())) {
                violations.add(violation(
                        listener.id(),
                        "AWS's events on the default bus, and ours on the bus of EventBusName",
                        source + (listener.ownBus() ? " on our bus" : " on the default bus")));
            }
            Set<String> events = new TreeSet<>();
            matching.forEach(name -> events.addAll(known.get(name)));
            listener.pattern().at("detail-type").items().stream()
                    .filter(type -> events.stream().noneMatch(event -> matches(type, event)))
                    .forEach(type -> violations.add(
                            violation(listener.id(), "a detail-type that %s has: %s".formatted(source, events), type)));
        }
    }

    private void checkBuckets(Listener listener, Template template, List<Violation> violations) {
        template.target(listener.pattern().at("detail", "bucket", "name"), "AWS::S3::Bucket")
                .filter(bucket -> !bucket.at(
                                "NotificationConfiguration", "EventBridgeConfiguration", "EventBridgeEnabled")
                        .isTrue())
                .ifPresent(bucket -> violations.add(violation(
                        bucket.id(),
                        "EventBridgeEnabled: true, because %s listens to it".formatted(listener.id()),
                        "not")));
    }

    private static boolean matches(Listener listener, String source, String event) {
        List<Value> types = listener.pattern().at("detail-type").items();
        return listener.pattern().at("source").items().stream().anyMatch(wanted -> matches(wanted, source))
                && (types.isEmpty() || types.stream().anyMatch(wanted -> matches(wanted, event)));
    }

    private static boolean matches(Value wanted, String actual) {
        Value prefix = wanted.at("prefix");
        return prefix.isPresent() ? actual.startsWith(prefix.text()) : actual.equals(wanted.text());
    }
}
