package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.List;

/** The outputs of the deployed stack for the local cloud, the tests and users. */
public final class RequiredOutputs implements Rule {

    private static final List<String> OUTPUTS = List.of(
            "UploadsBucket",
            "VariantsBucket",
            "PhotosTable",
            "EventBusName",
            "GalleryQueueUrl",
            "GalleryDeadLetterQueueUrl",
            "ApiUrl",
            "ScanStreamName",
            "ParcelsTable",
            "HubFiguresTable",
            "SupportTopicArn",
            "ScanFailureQueueUrl",
            "DataLakeBucket",
            "UserPoolId",
            "UserPoolClientId");

    @Override
    public List<Violation> check(Template template, Project project) {
        return OUTPUTS.stream()
                .filter(output ->
                        !template.root().at("Outputs", output, "Value").isPresent())
                .map(output -> violation(output, "an output of this name", "none"))
                .toList();
    }
}
