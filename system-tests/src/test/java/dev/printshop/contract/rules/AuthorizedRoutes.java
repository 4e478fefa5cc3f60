package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import dev.printshop.identity.domain.Group;
import dev.printshop.identity.domain.Route;
import dev.printshop.identity.domain.RouteAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The methods that have the authorizer are those of the table of its code, {@link RouteAccess}: any other method would
 * be refused to every user. The user pool has the groups that the table names.
 */
public final class AuthorizedRoutes implements Rule {

    private static final String AUTHORIZER = "AuthenticateUserFunction";

    /** Routes of the table that no template has yet. */
    private static final Set<String> NOT_YET_DEPLOYED = Set.of(
            "POST /orders/{orderId}/cancellation",
            "GET /orders/{orderId}/audit",
            "GET /approvals",
            "POST /approvals/{approvalId}");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        Set<String> table =
                RouteAccess.ROUTES.stream().map(AuthorizedRoutes::text).collect(Collectors.toCollection(TreeSet::new));
        Set<String> deployed = new TreeSet<>();
        for (Function function : template.functions()) {
            function.at("Events").fields().values().stream()
                    .filter(event -> event.at("Type").text().equals("Api"))
                    .map(event -> event.at("Properties"))
                    .filter(method -> hasAuthorizer(method, template))
                    .map(AuthorizedRoutes::text)
                    .forEach(route -> {
                        deployed.add(route);
                        if (!table.contains(route)) {
                            violations.add(violation(function.id(), route + " in the table RouteAccess", table));
                        }
                    });
        }
        if (template.functions().stream()
                .anyMatch(function -> function.id().equals(AUTHORIZER)
                        && function.at("Handler").isPresent())) {
            table.removeAll(deployed);
            table.removeAll(NOT_YET_DEPLOYED);
            table.forEach(route -> violations.add(
                    violation(AUTHORIZER, "a method with the authorizer for " + route, "none in a template")));
        }
        checkGroups(template, violations);
        return violations;
    }

    private void checkGroups(Template template, List<Violation> violations) {
        Set<String> expected =
                Arrays.stream(Group.values()).map(Group::groupName).collect(Collectors.toSet());
        template.resources("AWS::Cognito::UserPool").forEach(pool -> {
            Set<String> groups = template.resources("AWS::Cognito::UserPoolGroup")
                    .filter(group -> group.at("UserPoolId").references().contains(pool.id()))
                    .map(group -> group.at("GroupName").text())
                    .collect(Collectors.toSet());
            if (!groups.equals(expected)) {
                violations.add(violation(pool.id(), "the groups " + new TreeSet<>(expected), new TreeSet<>(groups)));
            }
        });
    }

    /** The method's own authorizer, or else the API's default, calls the function. */
    private static boolean hasAuthorizer(Value method, Template template) {
        Optional<Resource> api = template.target(method.at("RestApiId"), "AWS::Serverless::Api");
        if (api.isEmpty()) {
            return false;
        }
        Value auth = api.get().at("Auth");
        String own = method.at("Auth", "Authorizer").text();
        String name = own.isEmpty() ? auth.at("DefaultAuthorizer").text() : own;
        return auth.at("Authorizers", name, "FunctionArn").references().contains(AUTHORIZER);
    }

    private static String text(Value method) {
        return "%s %s"
                .formatted(
                        method.at("Method").text().toUpperCase(Locale.ROOT),
                        method.at("Path").text());
    }

    private static String text(Route route) {
        return route.method() + " " + route.path();
    }
}
