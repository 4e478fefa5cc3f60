package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Policies allow exact actions on exact resources. A wildcard is only allowed for the rest of a key, an index or an
 * alias below a resource; any other needs a reason in a comment beside the statement. Managed policies and SAM's policy
 * templates are not allowed: they grant more than is needed.
 */
public final class LeastPrivilege implements Rule {

    /**
     * For example {@code ${Bucket.Arn}/variants/*}, {@code arn:${AWS::Partition}:s3:::${Bucket}/variants/*},
     * {@code ${Table.Arn}/index/*}, {@code ${Function.Arn}:*}.
     */
    private static final Pattern BELOW_A_RESOURCE =
            Pattern.compile("(arn:\\$\\{AWS::Partition}:s3:::)?\\$\\{\\w+(\\.\\w+)?}(/[^*]+\\*|:\\*)");

    private static final List<String> ROLES = List.of("AWS::Serverless::Function", "AWS::Serverless::StateMachine");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources().forEach(resource -> {
            for (Value policy : policies(resource)) {
                Value document = policy.parsed();
                if (!document.at("Statement").isPresent()) {
                    violations.add(violation(resource.id(), "inline policies with a Statement only", policy));
                }
                document.at("Statement").items().stream()
                        .filter(statement -> statement.at("Effect").text().equals("Allow"))
                        // A text has no comments in it, so the reason is beside it.
                        .filter(statement -> !template.hasCommentBeside(policy.isMap() ? statement : policy))
                        .forEach(statement -> check(resource, statement, violations));
            }
            if (resource.at("ManagedPolicyArns").isPresent()) {
                violations.add(violation(resource.id(), "no ManagedPolicyArns", resource.at("ManagedPolicyArns")));
            }
        });
        return violations;
    }

    private static List<Value> policies(Resource resource) {
        if (ROLES.contains(resource.type())) {
            return resource.at("Policies").items();
        }
        if (resource.is("AWS::IAM::Role")) {
            return resource.at("Policies").items().stream()
                    .map(policy -> policy.at("PolicyDocument"))
                    .toList();
        }
        return resource.at("PolicyDocument").items();
    }

    private void check(Resource resource, Value statement, List<Violation> violations) {
        for (String field : List.of("NotAction", "NotResource")) {
            if (statement.at(field).isPresent()) {
                violations.add(violation(resource.id(), "no " + field + " without a reason in a comment", statement));
            }
        }
        Value principal = statement.at("Principal");
        if (principal.text().equals("*") || principal.at("AWS").texts().contains("*")) {
            violations.add(
                    violation(resource.id(), "no wildcard as principal without a reason in a comment", principal));
        }
        statement.at("Action").texts().stream()
                .filter(action -> action.contains("*"))
                .forEach(action -> violations.add(
                        violation(resource.id(), "no wildcard in an action without a reason in a comment", action)));
        statement.at("Resource").items().stream()
                .map(Value::text)
                .filter(arn ->
                        arn.contains("*") && !BELOW_A_RESOURCE.matcher(arn).matches())
                .forEach(arn -> violations.add(violation(
                        resource.id(),
                        "no wildcard in a resource, but for the rest of a key, index or alias, without a reason"
                                + " in a comment",
                        arn)));
    }
}
