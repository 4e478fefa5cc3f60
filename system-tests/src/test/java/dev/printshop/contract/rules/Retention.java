package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A bucket or table is retained when its stack is deleted, or a comment explains why not. The policy is
 * RetainExceptOnCreate, so that a creation that is rolled back leaves no resource that conflicts with the next one. A
 * retained bucket keeps its policy. A retained table is protected from deletion depending on its stage: a protected
 * table can't be rolled back.
 */
public final class Retention implements Rule {

    private static final Set<String> DATA = Set.of("AWS::S3::Bucket", "AWS::DynamoDB::Table");

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
        if (resource.is("AWS::DynamoDB::Table")) {
            Value protection = resource.at("DeletionProtectionEnabled");
            if (!protection.toString().equals("{Fn::FindInMap: [Stages, !Ref Stage, ProtectsTables]}")) {
                violations.add(violation(resource.id(), "DeletionProtectionEnabled by the stage", protection));
            }
        }
        template.resources("AWS::S3::BucketPolicy")
                .filter(policy -> policy.at("Bucket").references().contains(resource.id()))
                .forEach(policy -> demandRetention(policy, violations));
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
