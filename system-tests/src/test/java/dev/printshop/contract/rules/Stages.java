package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The stages that the parameter Stage allows are those of the mapping, and each has all of the mapping's keys. The
 * stage of the local cloud is in the mapping, but isn't allowed, so that it can't be deployed to an account: it is the
 * only one that accepts plain HTTP.
 */
public final class Stages implements Rule {

    private static final String LOCAL = "local";

    private static final String REFUSES_PLAIN_HTTP = "RefusesPlainHttp";

    @Override
    public List<Violation> check(Template template, Project project) {
        return template.documents()
                .flatMap(document -> check(document).stream())
                .toList();
    }

    private List<Violation> check(Value document) {
        List<Violation> violations = new ArrayList<>();
        Map<String, Value> stages = document.at("Mappings", "Stages").fields();
        Set<String> allowed = new TreeSet<>(
                document.at("Parameters", "Stage", "AllowedValues").texts());
        Set<String> ofAccounts = new TreeSet<>(stages.keySet());
        ofAccounts.remove(LOCAL);
        if (!allowed.equals(ofAccounts)) {
            violations.add(violation("Stage", "AllowedValues " + ofAccounts, allowed));
        }
        stages.forEach((name, stage) -> {
            Value refuses = stage.at(REFUSES_PLAIN_HTTP);
            if (refuses.isPresent() && !name.equals(LOCAL) && !refuses.isTrue()) {
                violations.add(violation("Stages." + name, REFUSES_PLAIN_HTTP + " true", refuses));
            }
        });
        Set<String> all = new TreeSet<>();
        stages.values().forEach(stage -> all.addAll(stage.fields().keySet()));
        stages.forEach((name, stage) -> {
            Set<String> missing = new TreeSet<>(all);
            missing.removeAll(stage.fields().keySet());
            if (!missing.isEmpty()) {
                violations.add(
                        violation("Stages." + name, "the keys that the other stages have", "none of " + missing));
            }
        });
        return violations;
    }
}
