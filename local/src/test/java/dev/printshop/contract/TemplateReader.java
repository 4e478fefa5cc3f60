package dev.printshop.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Reads a template as it is written: with CloudFormation's short tags, anchors and aliases, and where things stand. */
final class TemplateReader {

    private TemplateReader() {}

    static Template read(Path file) {
        try {
            String text = Files.readString(file);
            LoadSettings settings =
                    LoadSettings.builder().setLabel(file.toString()).build();
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new IllegalArgumentException(file + " is empty"));
            return new Template(value(root), List.of(text.split("\n", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part that is written as text: JSON, which is YAML, too. */
    static Value parse(String json) {
        return new Compose(LoadSettings.builder().build())
                .composeString(json)
                .map(TemplateReader::value)
                .orElse(Value.ABSENT);
    }

    private static Value value(Node node) {
        Value content = content(node);
        String tag = node.getTag().getValue();
        return tag.matches("![A-Za-z].*")
                ? Value.map(Map.of(longName(tag.substring(1)), content), firstLine(node), lastLine(node))
                : content;
    }

    private static String longName(String shortName) {
        return List.of("Ref", "Condition").contains(shortName) ? shortName : "Fn::" + shortName;
    }

    private static Value content(Node node) {
        return switch (node) {
            case ScalarNode scalar -> Value.scalar(scalar.getValue(), firstLine(node), lastLine(node));
            case SequenceNode sequence ->
                Value.list(
                        sequence.getValue().stream().map(TemplateReader::value).toList(),
                        firstLine(node),
                        lastLine(node));
            case MappingNode mapping -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                for (NodeTuple field : mapping.getValue()) {
                    fields.put(((ScalarNode) field.getKeyNode()).getValue(), value(field.getValueNode()));
                }
                yield Value.map(fields, firstLine(node), lastLine(node));
            }
            default -> throw new IllegalArgumentException("A template has no " + node.getNodeType());
        };
    }

    private static int firstLine(Node node) {
        return node.getStartMark().map(Mark::getLine).orElseThrow() + 1;
    }

    /** YAML ends a block where the next thing begins, with the comments between; here it ends with its last part. */
    private static int lastLine(Node node) {
        // What an alias stands for is elsewhere.
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
