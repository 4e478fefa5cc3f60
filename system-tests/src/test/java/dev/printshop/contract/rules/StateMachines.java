package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.TemplateReader;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The definition of a state machine against its role and the code: each placeholder has a substitution, and the role
 * allows exactly the functions that it invokes. Each task has a timeout, retries, and catches that end with all errors,
 * or the reason in a comment such as {@code # No Retry: ...}. An exception of ours that it retries or catches exists.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors</a>
 */
public final class StateMachines implements Rule {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern INVOKE = Pattern.compile("arn:.*:states:::lambda:invoke(\\.waitForTaskToken)?");
    private static final String OUR_PACKAGES = "dev.printshop.";

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::Serverless::StateMachine").forEach(machine -> {
            String file = machine.file("DefinitionUri");
            Map<String, Value> states = states(TemplateReader.read(project, file));
            checkSubstitutions(machine, placeholders(project.read(file)), violations);
            checkRole(machine, states, template, violations);
            states.forEach((name, state) -> {
                if (isTask(state)) {
                    checkTask(machine, name, state, violations);
                }
                checkErrors(machine, name, state, project, violations);
            });
        });
        return violations;
    }

    /** All states, with those inside of others. */
    private static Map<String, Value> states(Value definition) {
        Map<String, Value> states = new HashMap<>();
        definition.subtree().forEach(part -> states.putAll(part.at("States").fields()));
        return states;
    }

    private static boolean isTask(Value state) {
        return state.at("Type").text().equals("Task");
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void checkSubstitutions(Resource machine, Set<String> placeholders, List<Violation> violations) {
        Set<String> substituted =
                new TreeSet<>(machine.at("DefinitionSubstitutions").fields().keySet());
        if (!substituted.equals(placeholders)) {
            violations.add(violation(
                    machine.id(),
                    "substitutions of exactly the definition's placeholders " + placeholders,
                    substituted));
        }
    }

    private void checkRole(Resource machine, Map<String, Value> states, Template template, List<Violation> violations) {
        Set<String> invoked = new TreeSet<>();
        states.forEach((name, state) -> {
            if (!isTask(state)) {
                return;
            }
            if (!INVOKE.matcher(state.at("Resource").text()).matches()) {
                violations.add(violation(
                        machine.id(),
                        "%s to be a task whose action this rule has".formatted(name),
                        state.at("Resource")));
            }
            PLACEHOLDER
                    .matcher(state.at("Arguments", "FunctionName").text())
                    .results()
                    .map(found -> machine.at("DefinitionSubstitutions", found.group(1)))
                    .forEach(function -> invoked.add(function.toString()));
        });
        Set<String> allowed = template.target(machine.at("Role"), "AWS::IAM::Role").stream()
                .flatMap(role -> role.at("Policies").items().stream())
                .flatMap(policy -> policy.at("PolicyDocument", "Statement").items().stream())
                .filter(statement -> statement.at("Action").texts().contains("lambda:InvokeFunction"))
                .flatMap(statement -> statement.at("Resource").items().stream())
                .map(Value::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!allowed.equals(invoked)) {
            violations.add(violation(
                    machine.id(), "a role that may invoke exactly what the definition invokes, " + invoked, allowed));
        }
    }

    private void checkTask(Resource machine, String name, Value state, List<Violation> violations) {
        List<Value> catches = state.at("Catch").items();
        boolean catchesAll = !catches.isEmpty()
                && catches.getLast().at("ErrorEquals").texts().equals(List.of("States.ALL"));
        Map<String, Boolean> has = Map.of(
                "TimeoutSeconds", state.at("TimeoutSeconds").isPresent(),
                "Retry", state.at("Retry").isPresent(),
                "Catch", catchesAll);
        has.forEach((field, present) -> {
            if (!present && !state.hasComment("No %s: ".formatted(field))) {
                violations.add(violation(
                        machine.id(),
                        "%s to have %s, for all errors in the end, or a comment '# No %s: ' with the reason"
                                .formatted(name, field, field),
                        state.at(field)));
            }
        });
    }

    private void checkErrors(Resource machine, String name, Value state, Project project, List<Violation> violations) {
        Stream.of("Retry", "Catch")
                .flatMap(field -> state.at(field).items().stream())
                .flatMap(handler -> handler.at("ErrorEquals").texts().stream())
                .filter(error -> error.startsWith(OUR_PACKAGES))
                .filter(error -> project.code()
                        .find(error)
                        .filter(Throwable.class::isAssignableFrom)
                        .isEmpty())
                .forEach(error ->
                        violations.add(violation(machine.id(), name + " to expect an exception of the code", error)));
    }
}
