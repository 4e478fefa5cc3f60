package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A method of an API requires a key or an authorizer, or a comment beside it explains why it is public. */
public final class MethodAccess implements Rule {

    private static final Set<String> APIS = Set.of("Api", "HttpApi");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            function.at("Events").fields().forEach((name, event) -> {
                Value auth = event.at("Properties", "Auth");
                boolean isBound = auth.at("ApiKeyRequired").isTrue()
                        || !List.of("", "NONE").contains(auth.at("Authorizer").text())
                        || !auth.at("Authorizer").isPresent() && hasDefaultAuthorizer(template, event);
                if (APIS.contains(event.at("Type").text()) && !isBound && !template.hasCommentBeside(event)) {
                    violations.add(violation(
                            function.id(),
                            "a key or an authorizer for %s, or a comment that explains why it is open".formatted(name),
                            "neither"));
                }
            });
        }
        return violations;
    }

    private static boolean hasDefaultAuthorizer(Template template, Value event) {
        return template.target(event.at("Properties", "RestApiId"), "AWS::Serverless::Api")
                .filter(api -> api.at("Auth", "DefaultAuthorizer").isPresent())
                .isPresent();
    }
}
