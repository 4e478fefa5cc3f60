package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
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
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A role allows actions on resources of the actions' own service. The role of a service, such as Firehose, allows only
 * resources that are named by the resources with this role.
 */
public final class RoleResources implements Rule {

    private static final String ROLE = "AWS::IAM::Role";

    /** The types that an action's resource may have, by the action's service; other services aren't in use. */
    private static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry("dynamodb", Set.of("AWS::DynamoDB::Table")),
            Map.entry("events", Set.of("AWS::Events::EventBus")),
            Map.entry("kinesis", Set.of("AWS::Kinesis::Stream")),
            Map.entry("lambda", Set.of("AWS::Serverless::Function")),
            Map.entry("logs", Set.of("AWS::Logs::LogGroup", "AWS::Logs::LogStream")),
            Map.entry("s3", Set.of("AWS::S3::Bucket")),
            Map.entry("secretsmanager", Set.of("AWS::SecretsManager::Secret")),
            Map.entry("sns", Set.of("AWS::SNS::Topic")),
            Map.entry("sqs", Set.of("AWS::SQS::Queue")),
            Map.entry("ssm", Set.of("AWS::SSM::Parameter")),
            Map.entry("states", Set.of("AWS::Serverless::StateMachine")),
            Map.entry("sts", Set.of(ROLE)));

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        Set<String> ofFunctions = template.functions().stream()
                .map(Function::resource)
                .flatMap(function -> function.at("Role").references().stream())
                .collect(Collectors.toSet());
        template.resources(ROLE).forEach(role -> {
            List<Value> statements = role.at("Policies").items().stream()
                    .flatMap(policy -> policy.at("PolicyDocument", "Statement").items().stream())
                    .toList();
            statements.forEach(statement -> checkTypes(template, role, statement, violations));
            if (!ofFunctions.contains(role.id())) {
                checkUse(template, role, statements, violations);
            }
        });
        return violations;
    }

    private void checkTypes(Template template, Resource role, Value statement, List<Violation> violations) {
        for (String action : statement.at("Action").texts()) {
            String service = action.split(":", 2)[0];
            for (String id : statement.at("Resource").references()) {
                String type = template.resource(id).map(Resource::type).orElse("nothing of that name");
                if (!TYPES.getOrDefault(service, Set.of()).contains(type)) {
                    violations.add(violation(
                            role.id(),
                            "a resource of %s for %s".formatted(TYPES.getOrDefault(service, Set.of()), action),
                            "%s, which is %s".formatted(id, type)));
                }
            }
        }
    }

    private void checkUse(Template template, Resource role, List<Value> statements, List<Violation> violations) {
        Set<String> allowed = new TreeSet<>();
        statements.forEach(statement -> allowed.addAll(statement.at("Resource").references()));
        Set<String> used = template.resources()
                .filter(resource -> !resource.is(ROLE))
                .map(resource -> resource.properties().references())
                .filter(references -> references.contains(role.id()))
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        used.remove(role.id());
        allowed.removeAll(used);
        if (!allowed.isEmpty()) {
            violations.add(violation(role.id(), "what is named where the role is used, some of " + used, allowed));
        }
    }
}
