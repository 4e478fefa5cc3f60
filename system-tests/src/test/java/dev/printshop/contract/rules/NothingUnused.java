package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Every parameter, condition and key of a mapping is used. */
public final class NothingUnused implements Rule {

    @Override
    public List<Violation> check(Template template, Project project) {
        return template.documents()
                .flatMap(document -> unused(document).stream())
                .toList();
    }

    private List<Violation> unused(Value document) {
        Set<String> references =
                document.subtree().flatMap(value -> value.references().stream()).collect(Collectors.toSet());
        Set<String> conditions = new HashSet<>();
        Set<String> mapped = new HashSet<>();
        document.subtree().forEach(value -> {
            conditions.add(value.at("Condition").text());
            value.at("Fn::If").items().stream().limit(1).map(Value::text).forEach(conditions::add);
            List<Value> lookup = value.at("Fn::FindInMap").items();
            if (lookup.size() == 3) {
                mapped.add(lookup.getFirst() + "." + lookup.getLast());
            }
        });

        List<Violation> violations = new ArrayList<>();
        document.at("Parameters").fields().keySet().stream()
                .filter(name -> !references.contains(name))
                .forEach(name -> violations.add(violation(name, "the parameter to be used", "no use")));
        document.at("Conditions").fields().keySet().stream()
                .filter(name -> !conditions.contains(name))
                .forEach(name -> violations.add(violation(name, "the condition to be used", "no use")));
        document.at("Mappings")
                .fields()
                .forEach((mapping, rows) -> rows.fields().values().stream()
                        .flatMap(row -> row.fields().keySet().stream())
                        .map(key -> mapping + "." + key)
                        .distinct()
                        .filter(key -> !mapped.contains(key))
                        .forEach(key -> violations.add(violation(key, "the key of the mapping to be used", "no use"))));
        return violations;
    }
}
