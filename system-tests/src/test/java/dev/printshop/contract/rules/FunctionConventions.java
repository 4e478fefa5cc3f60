package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A function VerbNounFunction is class VerbNounHandler, deployed as stack-verb-noun, with a description, its own role
 * and an alarm on its errors.
 */
public final class FunctionConventions implements Rule {

    /** Of Lambda: <a href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html">CreateFunction</a>. */
    private static final int MAX_NAME_LENGTH = 64;

    private static final Pattern LOGICAL_ID = Pattern.compile("([A-Z][a-z0-9]+){2,}Function");
    private static final Pattern STACK_NAME = Pattern.compile("(?m)^stack_name = \"(.+)\"$");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        String longestStackName = STACK_NAME
                .matcher(project.read("samconfig.toml"))
                .results()
                .map(match -> match.group(1))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        for (Function function : template.functions()) {
            checkNames(function, longestStackName, violations);
            if (function.at("Description").text().isBlank()) {
                violations.add(violation(function.id(), "a Description", "none"));
            }
            String role = "!GetAtt %sRole.Arn".formatted(function.verbAndNoun());
            if (!function.at("Role").toString().equals(role)
                    || function.at("Policies").isPresent()) {
                violations.add(violation(
                        function.id(),
                        "Role: %s, and the policies there: what SAM adds to a role that it makes has Resource *"
                                .formatted(role),
                        function.at("Policies").isPresent() ? "Policies" : "Role: " + function.at("Role")));
            }
            if (template.resources("AWS::CloudWatch::Alarm").noneMatch(alarm -> watchesErrors(alarm, function))) {
                violations.add(violation(function.id(), "an alarm on AWS/Lambda Errors of the function", "none"));
            }
        }
        return violations;
    }

    private void checkNames(Function function, String stackName, List<Violation> violations) {
        if (!LOGICAL_ID.matcher(function.id()).matches()) {
            violations.add(violation(function.id(), "a logical id <Verb><Noun>Function", function.id()));
        }
        String name = function.at("FunctionName").text();
        String expectedName = "${AWS::StackName}-" + function.kebabName();
        if (!name.equals(expectedName)) {
            violations.add(violation(function.id(), "FunctionName: !Sub " + expectedName, name));
        }
        String deployed = name.replace("${AWS::StackName}", stackName);
        if (deployed.length() > MAX_NAME_LENGTH) {
            violations.add(violation(
                    function.id(),
                    "a name of at most 64 characters in every stage",
                    "%s with %d".formatted(deployed, deployed.length())));
        }
        if (!function.handler().endsWith("." + function.verbAndNoun() + "Handler")) {
            violations.add(violation(
                    function.id(), "a handler class " + function.verbAndNoun() + "Handler", function.handler()));
        }
    }

    /** By itself, or in metric math, as where some errors are expected. */
    private static boolean watchesErrors(Resource alarm, Function function) {
        return alarm.properties()
                .subtree()
                .anyMatch(metric -> metric.at("Namespace").text().equals("AWS/Lambda")
                        && metric.at("MetricName").text().equals("Errors")
                        && metric.at("Dimensions").references().contains(function.id()));
    }
}
