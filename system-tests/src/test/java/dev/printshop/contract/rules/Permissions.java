package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Reachability.LibraryCall;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function has exactly the permissions for its calls: its policy grants every call of an SDK client that its handler
 * can reach, and every granted action is called.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/">Actions, resources, and condition
 *     keys for AWS services</a>
 */
public final class Permissions implements Rule {

    private static final Pattern CLIENT =
            Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.[A-Z]\\w+Client");
    private static final String IN_TRANSACTION =
            "software.amazon.awssdk.services.dynamodb.model.TransactWriteItem$Builder";

    /** Services whose name in IAM differs from the SDK's package. */
    private static final Map<String, String> SERVICES = Map.of(
            "eventbridge", "events",
            "cloudwatchlogs", "logs",
            "sfn", "states");

    /** Methods of clients that send no request. */
    private static final Set<String> NO_REQUEST =
            Set.of("builder", "close", "create", "serviceClientConfiguration", "serviceName", "utilities", "waiter");

    /** Operations that need other actions than the one of their name. */
    private static final Map<String, Set<String>> ACTIONS = Map.ofEntries(
            Map.entry("s3:HeadObject", Set.of("s3:GetObject")),
            Map.entry("s3:GetObjectAsBytes", Set.of("s3:GetObject")),
            Map.entry("s3:HeadBucket", Set.of("s3:ListBucket")),
            Map.entry("s3:ListObjectsV2", Set.of("s3:ListBucket")),
            Map.entry("s3:ListObjectVersions", Set.of("s3:ListBucketVersions")),
            Map.entry("s3:DeleteObjects", Set.of("s3:DeleteObject")),
            Map.entry("s3:CopyObject", Set.of("s3:GetObject", "s3:PutObject")),
            Map.entry("s3:CreateMultipartUpload", Set.of("s3:PutObject")),
            Map.entry("s3:UploadPart", Set.of("s3:PutObject")),
            Map.entry("s3:CompleteMultipartUpload", Set.of("s3:PutObject")),
            // A transaction needs the permissions of its actions, which its builder shows.
            Map.entry("dynamodb:TransactWriteItems", Set.of()),
            Map.entry("dynamodb:TransactGetItems", Set.of("dynamodb:GetItem")),
            // A batch of statements needs the permissions of its statements, which are all inserts.
            Map.entry("dynamodb:BatchExecuteStatement", Set.of("dynamodb:PartiQLInsert")),
            Map.entry("sqs:SendMessageBatch", Set.of("sqs:SendMessage")),
            Map.entry("sqs:DeleteMessageBatch", Set.of("sqs:DeleteMessage")),
            Map.entry("sns:PublishBatch", Set.of("sns:Publish")),
            Map.entry("lambda:Invoke", Set.of("lambda:InvokeFunction")));

    private static final Map<String, String> TRANSACTION_ACTIONS = Map.of(
            "put", "dynamodb:PutItem",
            "update", "dynamodb:UpdateItem",
            "delete", "dynamodb:DeleteItem",
            "conditionCheck", "dynamodb:ConditionCheckItem");

    /** Actions that may be granted without a call of their name, and why they are needed. */
    private static final Map<String, String> NEEDED_THOUGH_NOT_CALLED = Map.of(
            "s3:ListBucket", "S3 answers 404 for a missing object, and not 403, only to those who may list the bucket",
            "s3:PutObjectTagging", "S3 asks for it when an object is written with tags",
            "kms:Decrypt", "the service decrypts with the key on the caller's behalf",
            "kms:GenerateDataKey", "the service encrypts with the key on the caller's behalf");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            if (project.code().find(function.handler()).isEmpty()) {
                continue; // reported by another rule
            }
            Set<String> called = new TreeSet<>();
            project.code()
                    .reachableFrom(function.handler())
                    .libraryCalls()
                    .forEach(call -> called.addAll(actions(call)));
            Set<String> granted = new TreeSet<>();
            template.policyStatements(function)
                    .filter(statement -> statement.at("Effect").text().equals("Allow"))
                    .forEach(statement -> granted.addAll(statement.at("Action").texts()));
            for (String action : called) {
                if (!granted.contains(action)) {
                    violations.add(violation(
                            function.id(), "its policy to allow %s, which its code calls".formatted(action), granted));
                }
            }
            Set<String> neededByLambda =
                    PlatformPermissions.of(template, function).keySet();
            for (String action : granted) {
                if (!called.contains(action)
                        && !neededByLambda.contains(action)
                        && !NEEDED_THOUGH_NOT_CALLED.containsKey(action)) {
                    violations.add(violation(
                            function.id(),
                            "code that calls %s, because its policy allows it".formatted(action),
                            called));
                }
            }
        }
        return violations;
    }

    private static Set<String> actions(LibraryCall call) {
        if (call.owner().equals(IN_TRANSACTION) && TRANSACTION_ACTIONS.containsKey(call.method())) {
            return Set.of(TRANSACTION_ACTIONS.get(call.method()));
        }
        Matcher client = CLIENT.matcher(call.owner());
        if (!client.matches() || NO_REQUEST.contains(call.method())) {
            return Set.of();
        }
        String operation = call.method().replaceFirst("Paginator$", "");
        String action = SERVICES.getOrDefault(client.group(1), client.group(1))
                + ":"
                + operation.substring(0, 1).toUpperCase(Locale.ROOT)
                + operation.substring(1);
        return ACTIONS.getOrDefault(action, Set.of(action));
    }
}
