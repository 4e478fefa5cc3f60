package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bucket, table or user pool is retained when its stack is deleted, or a comment explains why not. The policy is
 * RetainExceptOnCreate, so that a creation that is rolled back leaves no resource that conflicts with the next one. A
 * retained bucket keeps its policy, and a retained user pool its groups, which have its members. A retained table or
 * user pool is protected from deletion depending on its stage: a protected one can't be rolled back.
 */
public final class Retention implements Rule {

    private static final Set<String> DATA = Set.of("AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::Cognito::UserPool");

    /** The property that protects a resource from deletion, and the mapping's key with its value for each stage. */
    private record Protection(String property, String key) {}

    private static final Map<String, Protection> PROTECTIONS = Map.of(
            "AWS::DynamoDB::Table", new Protection("DeletionProtectionEnabled", "ProtectsTables"),
            "AWS::Cognito::UserPool", new Protection("DeletionProtection", "UserPoolProtection"));

    /** What is lost with the resource that it belongs to, and the property that names it. */
    private static final Map<String, String> BELONGINGS =
            Map.of("AWS::S3::BucketPolicy", "Bucket", "AWS::Cognito::UserPoolGroup", "UserPoolId");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources()
                .filter(resource -> DATA.contains(resource.type()))
                .forEach(resource -> check(template, resource, violations));
        return violations;
    }

    private void check(Template template, Resource resource, List<Violation> violations) {
        Value deletion = resource.declaration().at("DeletionPolicy");
        if (deletion.text().equals("Delete") && template.hasCommentBeside(deletion)) {
            return;
        }
        demandRetention(resource, violations);
        Protection expected = PROTECTIONS.get(resource.type());
        if (expected != null) {
            Value protection = resource.at(expected.property());
            if (!protection.toString().equals("{Fn::FindInMap: [Stages, !Ref Stage, %s]}".formatted(expected.key()))) {
                violations.add(violation(resource.id(), expected.property() + " by the stage", protection));
            }
        }
        BELONGINGS.forEach((type, property) -> template.resources(type)
                .filter(belonging -> belonging.at(property).references().contains(resource.id()))
                .forEach(belonging -> demandRetention(belonging, violations)));
    }

    private void demandRetention(Resource resource, List<Violation> violations) {
        String policies = resource.declaration().at("DeletionPolicy") + ", "
                + resource.declaration().at("UpdateReplacePolicy");
        if (!policies.equals("RetainExceptOnCreate, Retain")) {
            violations.add(violation(
                    resource.id(),
                    "DeletionPolicy RetainExceptOnCreate and UpdateReplacePolicy Retain, or Delete with a reason in a"
                            + " comment",
                    policies));
        }
    }
}
