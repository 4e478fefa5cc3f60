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

/** Every bucket is private, encrypted, has a lifecycle and enforced owner, and refuses plain HTTP. */
public final class Buckets implements Rule {

    /**
     * In bytes; smaller objects are never cheaper after a transition, which is billed.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html">
     *     Transitioning objects using Amazon S3 Lifecycle</a>
     */
    private static final int SMALLEST_TRANSITION = 128 * 1024;

    private static final List<String> BLOCKS =
            List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::S3::Bucket").forEach(bucket -> {
            Map<String, Boolean> demands = Map.of(
                    "PublicAccessBlockConfiguration with all four of " + BLOCKS,
                    BLOCKS.stream()
                            .allMatch(block -> bucket.at("PublicAccessBlockConfiguration", block)
                                    .isTrue()),
                    "BucketEncryption",
                    bucket.at("BucketEncryption", "ServerSideEncryptionConfiguration")
                            .isPresent(),
                    "LifecycleConfiguration with an enabled rule",
                    bucket.at("LifecycleConfiguration", "Rules").items().stream()
                            .anyMatch(rule -> rule.at("Status").text().equals("Enabled")),
                    "ObjectSizeGreaterThan of 128 KB in each rule with Transitions",
                    bucket.at("LifecycleConfiguration", "Rules").items().stream()
                            .filter(rule -> rule.at("Transitions").isPresent())
                            .allMatch(rule -> rule.at("ObjectSizeGreaterThan").number(0) >= SMALLEST_TRANSITION - 1),
                    "OwnershipControls with BucketOwnerEnforced",
                    bucket.at("OwnershipControls", "Rules").items().stream()
                            .anyMatch(rule -> rule.at("ObjectOwnership").text().equals("BucketOwnerEnforced")),
                    "a BucketPolicy that denies all requests for the bucket and its objects without TLS",
                    template.resources("AWS::S3::BucketPolicy").anyMatch(policy -> refusesPlainHttp(policy, bucket)));
            demands.forEach((demand, fulfilled) -> {
                if (!fulfilled) {
                    violations.add(violation(bucket.id(), demand, "none"));
                }
            });
        });
        return violations;
    }

    private static boolean refusesPlainHttp(Resource policy, Resource bucket) {
        return policy.at("Bucket").references().contains(bucket.id())
                && policy.at("PolicyDocument", "Statement").items().stream()
                        .anyMatch(statement -> refusesPlainHttp(statement, bucket));
    }

    private static boolean refusesPlainHttp(Value statement, Resource bucket) {
        List<String> resources =
                statement.at("Resource").items().stream().map(Value::toString).toList();
        return statement.at("Effect").text().equals("Deny")
                && statement.at("Principal").text().equals("*")
                && statement.at("Action").texts().contains("s3:*")
                && statement
                        .at("Condition", "Bool", "aws:SecureTransport")
                        .text()
                        .equals("false")
                && resources.contains("!GetAtt %s.Arn".formatted(bucket.id()))
                && resources.contains("{Fn::Sub: ${%s.Arn}/*}".formatted(bucket.id()));
    }
}
