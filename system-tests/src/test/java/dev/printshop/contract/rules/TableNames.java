package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of a table's keys, indexes and expiry attribute are those in the code of the functions with access to the
 * table; and an index in a policy is one of the table's.
 */
public final class TableNames implements Rule {

    private static final String INDEX = "/index/";

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::DynamoDB::Table").forEach(table -> {
            Set<String> indexes = table.at("GlobalSecondaryIndexes").items().stream()
                    .map(index -> index.at("IndexName").text())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> constants = new TreeSet<>();
            boolean isUsed = false;
            for (Function function : template.functions()) {
                List<String> resources = resources(template, function, table);
                if (!resources.isEmpty()
                        && project.code().find(function.handler()).isPresent()) {
                    isUsed = true;
                    constants.addAll(
                            project.code().reachableFrom(function.handler()).constants());
                }
                resources.stream()
                        .filter(arn -> arn.contains(INDEX))
                        .map(arn -> arn.substring(arn.indexOf(INDEX) + INDEX.length()))
                        .filter(index ->
                                !indexes.contains(index) || constants.stream().noneMatch(index::equals))
                        .forEach(index -> violations.add(violation(
                                function.id(),
                                "an index of %s, one of %s, that its code names".formatted(table.id(), indexes),
                                index)));
            }
            if (isUsed) {
                names(table)
                        .filter(name -> constants.stream().noneMatch(text -> hasWord(text, name)))
                        .forEach(name -> violations.add(
                                violation(table.id(), "a name that the code of the functions has that use it", name)));
            }
        });
        return violations;
    }

    private static List<String> resources(Template template, Function function, Resource table) {
        return template.policyStatements(function)
                .flatMap(statement -> statement.at("Resource").items().stream())
                .filter(resource -> resource.references().contains(table.id()))
                .map(Value::text)
                .toList();
    }

    private static Stream<String> names(Resource table) {
        Stream<String> keys = Stream.concat(
                        table.at("KeySchema").items().stream(),
                        table.at("GlobalSecondaryIndexes").items().stream()
                                .flatMap(index -> index.at("KeySchema").items().stream()))
                .map(key -> key.at("AttributeName").text());
        Stream<String> expiry = Stream.of(
                        table.at("TimeToLiveSpecification", "AttributeName").text())
                .filter(name -> !name.isEmpty());
        return Stream.concat(keys, expiry).distinct();
    }

    /** Names are separate texts, or parts of an expression or a statement. */
    private static boolean hasWord(String text, String name) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
                .matcher(text)
                .find();
    }
}
