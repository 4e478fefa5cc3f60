package dev.printshop.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a template with its position. An intrinsic function is a mapping of one field, in its long form: {@code
 * !Ref Queue} reads as {@code {Ref: Queue}}. A missing part is {@link #ABSENT}, and so is every path below it.
 */
public final class Value {

    /** A missing part of a template. */
    public static final Value ABSENT = new Value("", Place.NONE);

    private static final Pattern WHOLE_SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9]+)(?:\\.([A-Za-z0-9.]+))?}");
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9]+)(?:\\.[A-Za-z0-9.]+)?}");

    private final Object content;
    private final Place place;

    private Value(Object content, Place place) {
        this.content = content;
        this.place = place;
    }

    static Value scalar(String text, Place place) {
        return new Value(text, place);
    }

    static Value list(List<Value> items, Place place) {
        return new Value(items, place);
    }

    static Value map(Map<String, Value> fields, Place place) {
        return new Value(fields, place);
    }

    /** The value at the end of a path of fields. */
    public Value at(String... path) {
        Value value = this;
        for (String field : path) {
            value = value.fields().getOrDefault(field, ABSENT);
        }
        return value;
    }

    public boolean isPresent() {
        return this != ABSENT;
    }

    public boolean isText() {
        return isPresent() && content instanceof String;
    }

    /** Whether it is a literal mapping and not an intrinsic function. */
    public boolean isMap() {
        return content instanceof Map<?, ?> && !at("Fn::Sub").isPresent();
    }

    /** The fields of a mapping; none of anything else. */
    @SuppressWarnings("unchecked") // made so by map()
    public Map<String, Value> fields() {
        return content instanceof Map<?, ?> map ? (Map<String, Value>) map : Map.of();
    }

    /**
     * The items of a list; a single value counts as a list with one item, as in policies. A conditional item, {@code
     * !If [Condition, item, !Ref AWS::NoValue]}, counts as if the condition held.
     */
    public List<Value> items() {
        return list().stream().map(Value::underItsCondition).toList();
    }

    @SuppressWarnings("unchecked") // made so by list()
    private List<Value> list() {
        if (content instanceof List<?> list) {
            return (List<Value>) list;
        }
        return isPresent() ? List.of(this) : List.of();
    }

    private Value underItsCondition() {
        List<Value> choice = at("Fn::If").list();
        return choice.size() == 3 && choice.get(2).at("Ref").text().equals("AWS::NoValue") ? choice.get(1) : this;
    }

    /** The parsed value of a text with JSON, which is the required form of some policies; otherwise this value. */
    public Value parsed() {
        return text().startsWith("{") ? TemplateReader.parse(text(), place) : this;
    }

    /**
     * The reference in a text that consists of one substitution, such as {@code ${Queue.Arn}}; otherwise this value.
     */
    public Value resolved() {
        Matcher substitution = WHOLE_SUBSTITUTION.matcher(text());
        if (!substitution.matches()) {
            return this;
        }
        Value id = scalar(substitution.group(1), place);
        if (substitution.group(2) == null) {
            return map(Map.of("Ref", id), place);
        }
        Value attribute = scalar(substitution.group(2), place);
        return map(Map.of("Fn::GetAtt", list(List.of(id, attribute), place)), place);
    }

    /** The items' texts. */
    public List<String> texts() {
        return items().stream().map(Value::text).toList();
    }

    /** The text of a scalar, or of a substitution; empty when it is neither. */
    public String text() {
        if (content instanceof String text) {
            return text;
        }
        Value substitution = at("Fn::Sub");
        return substitution.items().stream().findFirst().map(Value::text).orElse("");
    }

    /** The literal number, or a default if there is none. */
    public int number(int absent) {
        return text().matches("-?\\d{1,9}") ? Integer.parseInt(text()) : absent;
    }

    public boolean isTrue() {
        return text().equals("true");
    }

    /** The logical id that a Ref, GetAtt or substitution names first. */
    public Optional<String> target() {
        return references().stream().findFirst();
    }

    /** The attribute of a GetAtt; empty for any other value. */
    public String attribute() {
        List<String> path = attributePath();
        return path.size() == 2 ? path.get(1) : "";
    }

    private List<String> attributePath() {
        Value getAtt = at("Fn::GetAtt");
        return getAtt.isText() ? List.of(getAtt.text().split("\\.", 2)) : getAtt.texts();
    }

    /** The names of all resources and parameters that are referred to from here, in order. */
    public Set<String> references() {
        Set<String> names = new LinkedHashSet<>();
        if (at("Ref").isPresent()) {
            // In SAM, a Ref may name a generated resource, as in FormatScansFunction.Alias.
            names.add(at("Ref").text().split("\\.", 2)[0]);
        } else if (at("Fn::GetAtt").isPresent()) {
            names.add(attributePath().getFirst());
        } else if (at("Fn::Sub").isPresent()) {
            SUBSTITUTION.matcher(text()).results().map(match -> match.group(1)).forEach(names::add);
            at("Fn::Sub").items().stream().skip(1).forEach(variables -> names.addAll(variables.references()));
        } else {
            children().forEach(child -> names.addAll(child.references()));
        }
        names.removeIf(name -> name.startsWith("AWS::"));
        return names;
    }

    /** This value and all values below it. */
    public Stream<Value> subtree() {
        return Stream.concat(Stream.of(this), children().flatMap(Value::subtree));
    }

    private Stream<Value> children() {
        return content instanceof List<?> ? list().stream() : fields().values().stream();
    }

    /**
     * This value merged into common values, as SAM merges its Globals into a resource: mappings field by field, lists
     * one after the other, and of two scalars this one.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals
     *     section of the AWS SAM template</a>
     */
    Value over(Value common) {
        if (content instanceof List<?> && common.content instanceof List<?>) {
            return list(Stream.concat(common.list().stream(), list().stream()).toList(), place);
        }
        if (!(content instanceof Map<?, ?>) || !(common.content instanceof Map<?, ?>)) {
            return this;
        }
        Map<String, Value> merged = new LinkedHashMap<>(common.fields());
        fields().forEach((name, value) -> merged.merge(name, value, (global, own) -> own.over(global)));
        return map(merged, place);
    }

    /**
     * This value with the root's values in place of the module's parameters, so that all templates can be read as one.
     *
     * @param given the values of the parameters, by their names
     */
    Value withParameters(Map<String, Value> given) {
        if (at("Ref").isPresent()) {
            Value value = given.get(at("Ref").text());
            return value == null ? this : new Value(value.content, place);
        }
        if (content instanceof List<?>) {
            return list(items().stream().map(item -> item.withParameters(given)).toList(), place);
        }
        if (content instanceof Map<?, ?>) {
            Map<String, Value> fields = new LinkedHashMap<>();
            fields().forEach((name, value) -> {
                Value substituted = value.withParameters(given);
                fields.put(name, name.equals("Fn::Sub") ? substituted.withSubstitutions(given) : substituted);
            });
            return map(fields, place);
        }
        return this;
    }

    private Value withSubstitutions(Map<String, Value> given) {
        if (content instanceof List<?>) {
            List<Value> items = new ArrayList<>(items());
            items.set(0, items.getFirst().withSubstitutions(given));
            return list(items, place);
        }
        return scalar(
                PARAMETER.matcher(text()).replaceAll(match -> {
                    Value value = given.get(match.group(1));
                    return Matcher.quoteReplacement(value == null ? match.group() : value.asSubstitution());
                }),
                place);
    }

    /** The form of this value inside a text of Fn::Sub. */
    private String asSubstitution() {
        if (at("Ref").isPresent()) {
            return "${%s}".formatted(at("Ref").text());
        }
        return at("Fn::GetAtt").isPresent() ? "${%s}".formatted(String.join(".", attributePath())) : text();
    }

    /** Whether a comment in its lines begins with a text. */
    public boolean hasComment(String beginning) {
        return place.lines().subList(place.firstLine() - 1, place.lastLine()).stream()
                .anyMatch(line -> line.strip().startsWith("# " + beginning));
    }

    /** The position of this value. */
    Place place() {
        return place;
    }

    /** Short, for messages, and the same for equal values. */
    @Override
    public String toString() {
        if (!isPresent()) {
            return "nothing";
        }
        if (content instanceof String text) {
            return text;
        }
        if (content instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        }
        if (at("Ref").isPresent()) {
            return "!Ref " + at("Ref");
        }
        if (at("Fn::GetAtt").isPresent()) {
            return "!GetAtt " + String.join(".", attributePath());
        }
        return fields().entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
