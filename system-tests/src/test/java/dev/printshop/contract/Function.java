package dev.printshop.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A function of a template. */
public record Function(Resource resource) {

    static final String TYPE = "AWS::Serverless::Function";

    private static final String SUFFIX = "Function";
    private static final int DEFAULT_TIMEOUT_SECONDS = 3;

    public String id() {
        return resource.id();
    }

    public Value at(String... path) {
        return resource.at(path);
    }

    /** The class that handles its events; a method after it is omitted. */
    public String handler() {
        return at("Handler").text().replaceFirst("::.*", "");
    }

    /** The folder of the module that its code is in: CodeUri, which is relative to the template's folder. */
    public String module() {
        return Path.of(resource.declaration().place().folder())
                .resolve(at("CodeUri").text())
                .normalize()
                .toString();
    }

    public int timeoutSeconds() {
        return at("Timeout").number(DEFAULT_TIMEOUT_SECONDS);
    }

    /** What it does, verb first: {@code ResizePhoto}. */
    public String verbAndNoun() {
        return id().endsWith(SUFFIX) ? id().substring(0, id().length() - SUFFIX.length()) : id();
    }

    /** The same in the style of deployed names and files: {@code resize-photo}. */
    public String kebabName() {
        return verbAndNoun().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The events that the function itself declares. */
    public List<EventSource> events() {
        return at("Events").fields().entrySet().stream()
                .map(event -> new EventSource(
                        event.getKey(),
                        event.getValue().at("Type").text(),
                        event.getValue().at("Properties")))
                .toList();
    }

    /** The names of the environment variables that are set for it. */
    public Set<String> environmentVariables() {
        return at("Environment", "Variables").fields().keySet();
    }

    /** Its environment for a run outside of a stage: the template's texts, and any name in place of a reference. */
    public Map<String, String> environmentOfNoStage() {
        return at("Environment", "Variables").fields().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        variable -> variable.getValue().isText()
                                ? variable.getValue().text()
                                : "test"));
    }
}
