package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A bucket whose events call functions refuses objects that no function could read: encrypted with a customer-provided
 * key, or with a KMS key, or archived. This applies to each stage.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys">Condition
 *     keys for Amazon S3</a>
 */
public final class ReadableUploads implements Rule {

    private static final String ENCRYPTION = "s3:x-amz-server-side-encryption";

    private static final Map<String, Predicate<Value>> DENIALS = new LinkedHashMap<>();

    static {
        DENIALS.put(
                "keys of the request (SSE-C)",
                condition -> isGiven(condition, "s3:x-amz-server-side-encryption-customer-algorithm")
                        && condition.fields().size() == 1);
        DENIALS.put(
                "keys of KMS",
                condition -> isGiven(condition, ENCRYPTION)
                        && condition.at("StringNotEquals", ENCRYPTION).texts().equals(List.of("AES256")));
        DENIALS.put(
                "archives",
                condition -> condition
                                .at("StringEquals", "s3:x-amz-storage-class")
                                .texts()
                                .containsAll(List.of("GLACIER", "DEEP_ARCHIVE"))
                        && condition.fields().size() == 1);
    }

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::S3::Bucket")
                .filter(bucket -> bucket.at("NotificationConfiguration", "EventBridgeConfiguration")
                        .isPresent())
                .forEach(bucket -> DENIALS.forEach((what, denial) -> {
                    if (template.resources("AWS::S3::BucketPolicy")
                            .noneMatch(policy -> denies(policy, bucket, denial))) {
                        violations.add(violation(
                                bucket.id(), "a BucketPolicy that denies uploads with " + what, "no such statement"));
                    }
                }));
        return violations;
    }

    private static boolean denies(Resource policy, Resource bucket, Predicate<Value> denial) {
        return !policy.declaration().at("Condition").isPresent()
                && policy.at("Bucket").references().contains(bucket.id())
                && policy.at("PolicyDocument", "Statement").items().stream()
                        .anyMatch(statement -> statement.at("Effect").text().equals("Deny")
                                && statement.at("Principal").text().equals("*")
                                && statement.at("Action").texts().contains("s3:PutObject")
                                && statement.at("Resource").text().equals("${%s.Arn}/*".formatted(bucket.id()))
                                && denial.test(statement.at("Condition")));
    }

    private static boolean isGiven(Value condition, String key) {
        return condition.at("Null", key).text().equals("false");
    }
}
