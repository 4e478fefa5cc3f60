package dev.printshop.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A template and those of its nested stacks, joined: a module's parameters are replaced by the root's values, so that
 * all resources can be read as one file. It includes the additions of SAM's Globals to functions and APIs.
 */
public final class Template {

    private static final Map<String, String> GLOBALS = Map.of(
            Function.TYPE, "Function", "AWS::Serverless::Api", "Api", "AWS::Serverless::StateMachine", "StateMachine");

    private final Value root;
    private final List<Module> modules;
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    Template(Value root, List<Module> modules) {
        this.root = root;
        this.modules = modules;
        add(root, Map.of());
        modules.forEach(module -> add(module.document(), module.parameters()));
    }

    private void add(Value document, Map<String, Value> parameters) {
        document.at("Resources").fields().forEach((id, written) -> {
            Value declaration = written.withParameters(parameters);
            String type = declaration.at("Type").text();
            Value global =
                    document.at("Globals", GLOBALS.getOrDefault(type, "-")).withParameters(parameters);
            Value properties = declaration.at("Properties");
            Resource resource =
                    new Resource(id, type, properties.isPresent() ? properties.over(global) : global, declaration);
            Resource other = resources.put(id, resource);
            if (other != null) {
                throw new IllegalArgumentException("%s stands in %s and in %s"
                        .formatted(id, other.declaration().place(), written.place()));
            }
        });
    }

    /** The root in its source form. */
    public Value root() {
        return root;
    }

    public List<Module> modules() {
        return modules;
    }

    /** The stages of an account. */
    public List<String> stages() {
        return root.at("Parameters", "Stage", "AllowedValues").texts();
    }

    /** A literal number, or that of a stage in a mapping; empty if it is neither. */
    public OptionalInt number(Value value, String stage) {
        List<Value> lookup = value.at("Fn::FindInMap").items();
        Value number = lookup.size() < 3
                ? value
                : documents()
                        .filter(document ->
                                document.place().file().equals(value.place().file()))
                        .map(document -> document.at(
                                "Mappings",
                                lookup.get(0).text(),
                                stage,
                                lookup.get(2).text()))
                        .filter(Value::isPresent)
                        .findFirst()
                        .orElse(Value.ABSENT);
        int literal = number.number(-1);
        return literal < 0 ? OptionalInt.empty() : OptionalInt.of(literal);
    }

    /** All files in their source form. */
    public Stream<Value> documents() {
        return Stream.concat(Stream.of(root), modules.stream().map(Module::document));
    }

    /** The file and line of a violation's subject. */
    String placeOf(String id) {
        return Stream.of("Resources", "Parameters", "Conditions", "Outputs")
                .flatMap(section -> documents().map(document -> document.at(section, id)))
                .filter(Value::isPresent)
                .findFirst()
                .orElse(root)
                .place()
                .toString();
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

    /** The statements of a function's inline policies and of its role's. */
    public Stream<Value> policyStatements(Function function) {
        Stream<Value> ofRole = target(function.at("Role"), "AWS::IAM::Role").stream()
                .flatMap(role -> role.at("Policies").items().stream())
                .map(policy -> policy.at("PolicyDocument"));
        return Stream.concat(function.at("Policies").items().stream(), ofRole)
                .flatMap(policy -> policy.at("Statement").items().stream());
    }

    /** The triggers of a function: its own events, its URL, and other resources that call it. */
    public List<EventSource> eventSources(Function function) {
        List<EventSource> sources = new ArrayList<>(function.events());
        Value url = function.at("FunctionUrlConfig");
        if (url.isPresent()) {
            sources.add(new EventSource("FunctionUrlConfig", "function URL", url));
        }
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
     * Whether a part of the template has a comment: in the lines directly above it, or in its own. The comment must
     * give a reason, so one word isn't sufficient.
     */
    public boolean hasCommentBeside(Value part) {
        List<String> lines = part.place().lines();
        for (int line = part.place().firstLine() - 1; line >= 1 && isComment(lines.get(line - 1)); line--) {
            if (isReason(lines.get(line - 1))) {
                return true;
            }
        }
        return lines.subList(part.place().firstLine() - 1, part.place().lastLine()).stream()
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
