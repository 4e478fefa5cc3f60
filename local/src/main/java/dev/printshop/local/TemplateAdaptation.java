package dev.printshop.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes of the built template before it is deployed to the local cloud. The list is complete: there are no other
 * differences between the local stack and the real one.
 */
public final class TemplateAdaptation {

    /**
     * One difference.
     *
     * @param change the change
     * @param reason the reason for it
     * @param notProved what a local run doesn't prove because of it
     */
    public record Difference(String change, String reason, String notProved) {}

    /** All differences, for `make run` to print. */
    public static final List<Difference> DIFFERENCES = List.of(
            new Difference(
                    "The parameter Stage allows local, too",
                    "the templates have the stages of an account only, so that local can't be deployed to one",
                    "the settings of the other stages, and their denial of plain HTTP"),
            new Difference(
                    "Runtime java25 becomes provided.al2023, with a package that has only a bootstrap, which starts the"
                            + " JVM",
                    "the emulator has no Java runtime; AWS's own runtime interface client still runs the handler",
                    "start-up times, AWS's JVM settings, and that Lambda accepts the package"),
            new Difference(
                    "SnapStart is left out",
                    "there are no snapshots of processes here",
                    "restoring from a snapshot, and what priming brings"),
            new Difference(
                    "The address of an API in a function's variables is its address in the emulator",
                    "an API has no host name of its own here",
                    "the links that alerts on AWS have"),
            new Difference(
                    "The address of a user pool's keys in a function's variables is that in the emulator",
                    "the tokens' issuer is Cognito's address on AWS, where this user pool has no keys",
                    "that the keys on AWS can be fetched"),
            new Difference(
                    "The URL of a function in a function's variables is its address in the emulator",
                    "a function has no host name of its own here",
                    "that the URL on AWS can be called"),
            new Difference(
                    "Alarms on several metrics are left out",
                    "the emulator refuses metric math",
                    "that these alarms can be made"),
            new Difference(
                    "The archive of the events is left out",
                    "the emulator has none",
                    "that events are archived and can be replayed"),
            new Difference(
                    "The events of Kinesis and DynamoDB streams are disabled, and delivered by a poller of our own",
                    "the emulator's leaves out partial answers, bisecting, limits of retries and age, failure"
                            + " destinations and tumbling windows",
                    "that the function's role may read the stream and write to the failure destination"));

    /** The address of a stage of an API: the logical id of the API, and the name of its stage. */
    private static final Pattern API_ADDRESS =
            Pattern.compile("https://\\$\\{(\\w+)}\\.execute-api\\.\\$\\{AWS::Region}\\.\\$\\{AWS::URLSuffix}/(\\w+)");

    /** The address of a user pool's keys. */
    private static final Pattern KEY_SET_ADDRESS = Pattern.compile(
            "https://cognito-idp\\.\\$\\{AWS::Region}\\.\\$\\{AWS::URLSuffix}(/\\$\\{\\w+}/\\.well-known/jwks\\.json)");

    private static final String LOCAL_STAGE = "local";
    private static final String MANAGED_RUNTIME = "java25";
    private static final String CUSTOM_RUNTIME = "provided.al2023";
    private static final Set<String> STREAMS = Set.of("Kinesis", "DynamoDB");
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final String ARCHIVE = "AWS::Events::Archive";
    private static final String FUNCTION = "AWS::Serverless::Function";
    private static final String STATE_MACHINE = "AWS::Serverless::StateMachine";

    private TemplateAdaptation() {}

    /**
     * The adapted copy of a template, as parsed from YAML.
     *
     * @param endpoint the address of the emulator
     */
    public static Map<String, Object> adapt(Map<String, Object> template, String endpoint) {
        Map<String, Object> adapted = copy(template);
        child(adapted, "Resources")
                .values()
                .removeIf(resource -> resource instanceof Map<?, ?> map && isUnknownToTheEmulator(map));
        adaptFunction(child(child(adapted, "Globals"), "Function"), endpoint);
        functions(adapted).values().forEach(function -> adaptFunction(child(function, "Properties"), endpoint));
        allowLocalStage(child(child(adapted, "Parameters"), "Stage"));
        functions(adapted)
                .values()
                .forEach(function -> streamEventsOf(function).forEach(event -> event.put("Enabled", false)));
        resources(adapted, STATE_MACHINE)
                .forEach((id, machine) -> child(machine, "Properties").put("DefinitionUri", definitionCopy(id)));
        return adapted;
    }

    /**
     * The functions of a template that run on the Java runtime, or in their place on the custom one: their code's
     * folders by logical id.
     */
    public static Map<String, String> codeFolders(Map<String, Object> template) {
        Map<String, String> folders = new TreeMap<>();
        functions(template)
                .forEach((id, function) -> folders.put(
                        id, String.valueOf(child(function, "Properties").get("CodeUri"))));
        return folders;
    }

    /**
     * The files of the state machines' definitions, by logical id. {@code sam build} leaves them where they are;
     * {@link #adapt} names a copy beside the adapted template, {@link #definitionCopy}.
     */
    static Map<String, String> definitionFiles(Map<String, Object> template) {
        Map<String, String> files = new TreeMap<>();
        resources(template, STATE_MACHINE)
                .forEach((id, machine) -> files.put(
                        id, String.valueOf(child(machine, "Properties").get("DefinitionUri"))));
        return files;
    }

    /** The name of the copy of a definition, in the folder of the adapted template. */
    static String definitionCopy(String stateMachine) {
        return stateMachine + ".asl.yaml";
    }

    /** A function's handler. */
    static String handler(Map<String, Object> template, String function) {
        return String.valueOf(
                child(template, "Resources", function, "Properties").get("Handler"));
    }

    /**
     * A function's environment variables, as far as they are known before the deployment: references have the value
     * {@code test}.
     */
    static Map<String, String> variables(Map<String, Object> template, String function) {
        Map<String, String> variables = new TreeMap<>();
        Stream.of(child(template, "Globals", "Function"), child(template, "Resources", function, "Properties"))
                .flatMap(properties -> child(properties, "Environment", "Variables").entrySet().stream())
                .forEach(variable -> variables.put(
                        variable.getKey(),
                        variable.getValue() instanceof Map ? "test" : String.valueOf(variable.getValue())));
        return variables;
    }

    /** The properties of each function's event that is a stream, by the function's logical id. */
    public static Map<String, Map<String, Object>> streamEvents(Map<String, Object> template) {
        Map<String, Map<String, Object>> events = new TreeMap<>();
        functions(template).forEach((id, function) -> {
            List<Map<String, Object>> streams = streamEventsOf(function);
            if (streams.size() > 1) {
                throw new LocalCloudException(
                        "%s follows %d streams; the local cloud can follow one".formatted(id, streams.size()));
            }
            streams.forEach(event -> events.put(id, event));
        });
        return events;
    }

    private static boolean isUnknownToTheEmulator(Map<?, ?> resource) {
        return ARCHIVE.equals(resource.get("Type"))
                || ALARM.equals(resource.get("Type"))
                        && resource.get("Properties") instanceof Map<?, ?> properties
                        && properties.containsKey("Metrics");
    }

    private static List<Map<String, Object>> streamEventsOf(Map<String, Object> function) {
        return child(child(function, "Properties"), "Events").values().stream()
                .filter(Map.class::isInstance)
                .map(event -> asObject((Map<?, ?>) event))
                .filter(event -> STREAMS.contains(String.valueOf(event.get("Type"))))
                .map(event -> child(event, "Properties"))
                .toList();
    }

    private static void allowLocalStage(Map<String, Object> parameter) {
        parameter.computeIfPresent("AllowedValues", (_, stages) -> {
            List<Object> allowed = new ArrayList<>((List<?>) stages);
            allowed.add(LOCAL_STAGE);
            return allowed;
        });
    }

    private static void adaptFunction(Map<String, Object> properties, String endpoint) {
        properties.computeIfPresent(
                "Runtime", (_, runtime) -> runtime.equals(MANAGED_RUNTIME) ? CUSTOM_RUNTIME : runtime);
        properties.keySet().removeAll(Set.of("SnapStart"));
        child(properties, "Environment", "Variables").replaceAll((_, value) -> adaptFunctionUrl(value, endpoint));
        child(properties, "Environment", "Variables").values().stream()
                .filter(Map.class::isInstance)
                .map(variable -> asObject((Map<?, ?>) variable))
                .forEach(variable -> variable.computeIfPresent(
                        "Fn::Sub",
                        (_, text) -> adaptAddress(String.valueOf(text), Matcher.quoteReplacement(endpoint))));
    }

    /** The emulator serves a function's URL by its id, the first label of the host on AWS, in the path. */
    private static @Nullable Object adaptFunctionUrl(@Nullable Object value, String endpoint) {
        if (value instanceof List<?> list) {
            return list.stream().map(item -> adaptFunctionUrl(item, endpoint)).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (isFunctionUrl(map.get("Fn::GetAtt"))) {
            Object host = Map.of("Fn::Select", List.of(1, Map.of("Fn::Split", List.of("//", map))));
            Object id = Map.of("Fn::Select", List.of(0, Map.of("Fn::Split", List.of(".", host))));
            return Map.of("Fn::Join", List.of("", List.of(endpoint + "/_aws/lambda-url/", id)));
        }
        Map<String, Object> adapted = new LinkedHashMap<>(asObject(map));
        adapted.replaceAll((_, part) -> adaptFunctionUrl(part, endpoint));
        return adapted;
    }

    private static boolean isFunctionUrl(@Nullable Object attribute) {
        return attribute instanceof List<?> parts && parts.getLast().equals("FunctionUrl")
                || attribute instanceof String text && text.endsWith(".FunctionUrl");
    }

    private static String adaptAddress(String text, String endpoint) {
        String adapted = API_ADDRESS.matcher(text).replaceAll(endpoint + "/restapis/\\${$1}/$2/_user_request_");
        return KEY_SET_ADDRESS.matcher(adapted).replaceAll(endpoint + "$1");
    }

    private static Map<String, Map<String, Object>> functions(Map<String, Object> template) {
        return resources(template, FUNCTION);
    }

    private static Map<String, Map<String, Object>> resources(Map<String, Object> template, String type) {
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        child(template, "Resources").forEach((id, resource) -> {
            if (resource instanceof Map<?, ?> map && type.equals(map.get("Type"))) {
                found.put(id, asObject(map));
            }
        });
        return found;
    }

    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> map ? asObject(map) : new LinkedHashMap<>();
    }

    private static Map<String, Object> child(Map<String, Object> parent, String name, String... more) {
        Map<String, Object> child = child(parent, name);
        for (String next : more) {
            child = child(child, next);
        }
        return child;
    }

    @SuppressWarnings("unchecked") // a YAML mapping has text keys in every template
    private static Map<String, Object> asObject(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, copyValue(value)));
        return copy;
    }

    private static @Nullable Object copyValue(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> copy(asObject(map));
            case List<?> list ->
                list.stream().map(TemplateAdaptation::copyValue).toList();
            case null, default -> value;
        };
    }
}
