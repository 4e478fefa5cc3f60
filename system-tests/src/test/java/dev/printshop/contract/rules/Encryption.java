package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Queues, topics and streams are encrypted at rest. Buckets and tables have separate rules. */
public final class Encryption implements Rule {

    /** Resources without encryption, and why. */
    private static final Map<String, String> ALLOWED = Map.of(
            "AlarmTopic", "CloudWatch can't publish through the AWS-managed key, and alarms carry no customer's data");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>(topicsThatServicesCannotUse(template));
        template.resources()
                .filter(resource -> !ALLOWED.containsKey(resource.id()))
                .flatMap(resource ->
                        missing(resource).map(expected -> violation(resource.id(), expected, "no encryption")).stream())
                .forEach(violations::add);
        return violations;
    }

    /**
     * CloudWatch and EventBridge can't use the AWS-managed key of SNS: its policy, which can't be changed, doesn't
     * allow them to.
     *
     * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html">Managing SNS encryption keys</a>
     */
    private List<Violation> topicsThatServicesCannotUse(Template template) {
        Set<String> publishedToByServices = template.resources()
                .flatMap(resource -> Stream.of(
                                "AlarmActions", "OKActions", "InsufficientDataActions", "Targets", "Actions")
                        .flatMap(list -> resource.at(list).references().stream()))
                .collect(Collectors.toSet());
        return template.resources("AWS::SNS::Topic")
                .filter(topic -> publishedToByServices.contains(topic.id()))
                .filter(topic -> topic.at("KmsMasterKeyId").text().endsWith("alias/aws/sns"))
                .map(topic -> violation(
                        topic.id(), "a key that alarms and rules can use, or none", topic.at("KmsMasterKeyId")))
                .toList();
    }

    private static Optional<String> missing(Resource resource) {
        return switch (resource.type()) {
            case "AWS::SQS::Queue" ->
                unless(
                        resource.at("SqsManagedSseEnabled").isTrue()
                                || resource.at("KmsMasterKeyId").isPresent(),
                        "SqsManagedSseEnabled: true or a KmsMasterKeyId");
            case "AWS::SNS::Topic" -> unless(resource.at("KmsMasterKeyId").isPresent(), "a KmsMasterKeyId");
            case "AWS::Kinesis::Stream" ->
                unless(
                        Stream.of("EncryptionType", "KeyId")
                                .allMatch(field ->
                                        resource.at("StreamEncryption", field).isPresent()),
                        "a StreamEncryption with EncryptionType and KeyId");
            case "AWS::KinesisFirehose::DeliveryStream" ->
                unless(
                        // A delivery stream that reads a Kinesis stream does not store data.
                        resource.at("KinesisStreamSourceConfiguration").isPresent()
                                || resource.at("DeliveryStreamEncryptionConfigurationInput")
                                        .isPresent(),
                        "a DeliveryStreamEncryptionConfigurationInput");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean fulfilled, String expected) {
        return fulfilled ? Optional.empty() : Optional.of(expected);
    }
}
