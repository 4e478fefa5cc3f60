package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The resources in a function's environment variables are those of its policy, and vice versa; and the variable has the
 * name of the resource: {@code PARCELS_TABLE} is ParcelsTable. So neither can refer to another table unnoticed.
 */
public final class ResourceVariables implements Rule {

    /** Resources that the code finds by a configured name. */
    private static final Set<String> NAMED = Set.of(
            "AWS::DynamoDB::Table",
            "AWS::Events::EventBus",
            "AWS::Kinesis::Stream",
            "AWS::S3::Bucket",
            "AWS::SecretsManager::Secret",
            "AWS::SNS::Topic",
            "AWS::SQS::Queue",
            "AWS::SSM::Parameter",
            "AWS::Serverless::StateMachine");

    /** Variables with other names: their resources aren't called by the SDK, so no policy is about them. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of("TOKEN_ISSUER", "UserPool", "KEY_SET_URL", "UserPool", "APP_CLIENT_ID", "UserPoolClient");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            Set<String> inVariables = new TreeSet<>();
            function.at("Environment", "Variables")
                    .fields()
                    .forEach((name, value) -> value.references().stream()
                            .filter(id -> template.resource(id)
                                    .filter(resource -> !resource.is("AWS::Serverless::Api"))
                                    .isPresent())
                            .forEach(id -> {
                                if (id.equals(OTHER_NAMES.get(name))) {
                                    return;
                                }
                                inVariables.add(id);
                                if (!name.startsWith(upperSnake(id))) {
                                    violations.add(violation(
                                            function.id(), "a variable %s for %s".formatted(upperSnake(id), id), name));
                                }
                            }));
            Set<String> inPolicy = new TreeSet<>();
            template.policyStatements(function)
                    .filter(statement -> statement.at("Effect").text().equals("Allow"))
                    .forEach(statement -> statement.at("Resource").references().stream()
                            .filter(id -> isNamed(template, id))
                            .filter(id -> !isForLambda(template, function, statement, id))
                            .forEach(inPolicy::add));
            if (!inVariables.equals(inPolicy)) {
                violations.add(
                        violation(function.id(), "a policy about what its variables name, " + inVariables, inPolicy));
            }
        }
        return violations;
    }

    private static boolean isNamed(Template template, String id) {
        return template.resource(id)
                .filter(resource -> NAMED.contains(resource.type()))
                .isPresent();
    }

    /** Whether a statement allows Lambda's own actions only, as polling the source of events. */
    private static boolean isForLambda(Template template, Function function, Value statement, String id) {
        boolean isVariable =
                function.at("Environment", "Variables").references().contains(id);
        Map<String, Set<String>> needs = PlatformPermissions.of(template, function);
        return !isVariable
                && statement.at("Action").texts().stream()
                        .allMatch(action -> needs.getOrDefault(action, Set.of()).contains(id));
    }

    private static String upperSnake(String logicalId) {
        return logicalId.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
