package dev.printshop.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a template in its source form: with CloudFormation's short tags, anchors and aliases, and positions. */
public final class TemplateReader {

    /** Each function of a template refers to the same few parts. The parser allows 50, as a protection from input. */
    private static final int MAX_ALIASES = 1_000;

    private static final String NESTED_STACK = "AWS::CloudFormation::Stack";

    private final String file;
    private final List<String> lines;

    private TemplateReader(String file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Reads a root template and those of its nested stacks. */
    public static Template read(Path rootFile) {
        Value root = readFile(rootFile, rootFile.getFileName().toString());
        List<Module> modules = new ArrayList<>();
        root.at("Resources").fields().forEach((id, resource) -> {
            String url = resource.at("Properties", "TemplateURL").text();
            if (resource.at("Type").text().equals(NESTED_STACK)) {
                modules.add(new Module(
                        id,
                        readFile(rootFile.resolveSibling(url), url),
                        resource.at("Properties", "Parameters").fields()));
            }
        });
        return new Template(root, modules);
    }

    /**
     * Reads another file of YAML, such as the definition of a state machine.
     *
     * @param file its path from the project's root
     */
    public static Value read(Project project, String file) {
        return readFile(project.root().resolve(file), file);
    }

    private static Value readFile(Path path, String name) {
        try {
            String text = Files.readString(path);
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(path.toString())
                    .setMaxAliasesForCollections(MAX_ALIASES)
                    .build();
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new IllegalArgumentException(path + " is empty"));
            return new TemplateReader(name, List.of(text.split("\n", -1))).value(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part that is written as text: JSON, which is YAML, too. */
    static Value parse(String json, Place place) {
        return new Compose(LoadSettings.builder()
                        .setMaxAliasesForCollections(MAX_ALIASES)
                        .build())
                .composeString(json)
                .map(new TemplateReader(place.file(), place.lines())::value)
                .orElse(Value.ABSENT);
    }

    private Value value(Node node) {
        Value content = content(node);
        String tag = node.getTag().getValue();
        // The library takes ${Name} for an environment variable.
        boolean isFunction = tag.matches("![A-Za-z].*") && !node.getTag().equals(Tag.ENV_TAG);
        return isFunction ? Value.map(Map.of(longName(tag.substring(1)), content), place(node)) : content;
    }

    private Place place(Node node) {
        return new Place(file, lines, firstLine(node), lastLine(node));
    }

    private static String longName(String shortName) {
        return List.of("Ref", "Condition").contains(shortName) ? shortName : "Fn::" + shortName;
    }

    private Value content(Node node) {
        return switch (node) {
            case ScalarNode scalar -> Value.scalar(scalar.getValue(), place(node));
            case SequenceNode sequence ->
                Value.list(sequence.getValue().stream().map(this::value).toList(), place(node));
            case MappingNode mapping -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                for (NodeTuple field : mapping.getValue()) {
                    fields.put(((ScalarNode) field.getKeyNode()).getValue(), value(field.getValueNode()));
                }
                yield Value.map(fields, place(node));
            }
            default -> throw new IllegalArgumentException("A template has no " + node.getNodeType());
        };
    }

    private static int firstLine(Node node) {
        return node.getStartMark().map(Mark::getLine).orElseThrow() + 1;
    }

    /** In YAML, a block includes the comments before the next element; here it ends with its last part. */
    private static int lastLine(Node node) {
        // The target of an alias has another position.
        Optional<Node> part = lastPart(node).filter(last -> last.getAnchor().isEmpty());
        if (part.isPresent()) {
            return lastLine(part.get());
        }
        Mark end = node.getEndMark().orElseThrow();
        return Math.max(firstLine(node), end.getColumn() == 0 ? end.getLine() : end.getLine() + 1);
    }

    private static Optional<Node> lastPart(Node node) {
        return switch (node) {
            case MappingNode mapping
            when isBlock(mapping) -> Optional.of(mapping.getValue().getLast().getValueNode());
            case SequenceNode sequence
            when isBlock(sequence) -> Optional.of(sequence.getValue().getLast());
            default -> Optional.empty();
        };
    }

    private static boolean isBlock(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.BLOCK && !node.getValue().isEmpty();
    }
}
