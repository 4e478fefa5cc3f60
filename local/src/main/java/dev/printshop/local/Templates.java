package dev.printshop.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The templates that {@code sam build} wrote: the root's, and those of its nested stacks. */
final class Templates {

    private static final String NESTED_STACK = "AWS::CloudFormation::Stack";

    private Templates() {}

    /**
     * All templates of a folder, by their paths from there.
     *
     * @throws UncheckedIOException when one is missing
     */
    static Map<Path, Map<String, Object>> read(Path folder) {
        Map<Path, Map<String, Object>> templates = new LinkedHashMap<>();
        add(folder, Path.of("template.yaml"), templates);
        return templates;
    }

    private static void add(Path folder, Path file, Map<Path, Map<String, Object>> templates) {
        Map<String, Object> template = parse(folder.resolve(file));
        templates.put(file, template);
        if (template.get("Resources") instanceof Map<?, ?> resources) {
            resources.values().stream()
                    .filter(Map.class::isInstance)
                    .map(Map.class::cast)
                    .filter(resource -> NESTED_STACK.equals(resource.get("Type")))
                    .map(stack -> (Map<?, ?>) stack.get("Properties"))
                    .map(properties -> file.resolveSibling(String.valueOf(properties.get("TemplateURL"))))
                    .forEach(nested -> add(folder, nested, templates));
        }
    }

    @SuppressWarnings("unchecked") // a template is a mapping with text keys
    private static Map<String, Object> parse(Path file) {
        try {
            return (Map<String, Object>)
                    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
