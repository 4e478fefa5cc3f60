package dev.printshop.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A template with what SAM's Globals add to its functions and APIs. */
public final class Template {

    private static final Map<String, String> GLOBALS = Map.of(
            Function.TYPE, "Function", "AWS::Serverless::Api", "Api", "AWS::Serverless::StateMachine", "StateMachine");

    private final Value document;
    private final List<String> lines;
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    Template(Value document, List<String> lines) {
        this.document = document;
        this.lines = lines;
        document.at("Resources").fields().forEach((id, declaration) -> {
            String type = declaration.at("Type").text();
            Value global = document.at("Globals", GLOBALS.getOrDefault(type, "-"));
            Value properties = declaration.at("Properties");
            resources.put(
                    id, new Resource(id, type, properties.isPresent() ? properties.over(global) : global, declaration));
        });
    }

    /** The whole as it is written. */
    public Value document() {
        return document;
    }

    public Optional<Resource> resource(String id) {
        return Optional.ofNullable(resources.get(id));
    }

    public Stream<Resource> resources() {
        return resources.values().stream();
    }

    public Stream<Resource> resources(String type) {
        return resources().filter(resource -> resource.is(type));
    }

    /** The resource that a Ref, GetAtt or substitution names first, if it is of a type. */
    public Optional<Resource> target(Value reference, String type) {
        return reference.target().flatMap(this::resource).filter(resource -> resource.is(type));
    }

    public List<Function> functions() {
        return resources(Function.TYPE).map(Function::new).toList();
    }

    /** What triggers a function: its own events, and the resources of others that call it. */
    public List<EventSource> eventSources(Function function) {
        List<EventSource> sources = new ArrayList<>(function.events());
        resources().forEach(resource -> {
            Value caller = switch (resource.type()) {
                case "AWS::Serverless::Api" -> resource.at("Auth", "Authorizers");
                case "AWS::KinesisFirehose::DeliveryStream" -> resource.properties();
                case "AWS::Serverless::StateMachine" -> resource.at("DefinitionSubstitutions");
                case "AWS::Events::Rule", "AWS::Scheduler::Schedule" -> resource.properties();
                case "AWS::SNS::Subscription" -> resource.at("Endpoint");
                default -> Value.ABSENT;
            };
            if (caller.references().contains(function.id())) {
                sources.add(new EventSource(resource.id(), resource.type(), resource.properties()));
            }
        });
        return sources;
    }

    /**
     * Whether a comment stands beside a part of the template: in the lines right above it, or in its own. It is meant
     * to give a reason, so a word alone isn't enough.
     */
    public boolean hasCommentBeside(Value part) {
        for (int line = part.firstLine() - 1; line >= 1 && isComment(lines.get(line - 1)); line--) {
            if (isReason(lines.get(line - 1))) {
                return true;
            }
        }
        return lines.subList(part.firstLine() - 1, part.lastLine()).stream()
                .filter(line -> line.matches(".*(^|\\s)#.*"))
                .anyMatch(Template::isReason);
    }

    private static boolean isComment(String line) {
        return line.strip().startsWith("#");
    }

    private static boolean isReason(String line) {
        return line.substring(line.indexOf('#') + 1).strip().split("\\s+").length >= 3;
    }
}
