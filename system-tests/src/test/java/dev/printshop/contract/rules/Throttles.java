package dev.printshop.contract.rules;

import dev.printshop.contract.EventSource;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Each method of an API has a throttle for all callers together. A usage plan's throttle is that of each key, so it is
 * less than the method's; and the firewall allows an address at least what the plan allows a key, so that a busy hub
 * meets the plan's limit first.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html">Usage plans
 *     and API keys</a>
 */
public final class Throttles implements Rule {

    private static final String API = "AWS::Serverless::Api";

    /** The limits of a method, and those of a usage plan for each key. */
    private static final Map<String, String> LIMITS =
            Map.of("ThrottlingRateLimit", "RateLimit", "ThrottlingBurstLimit", "BurstLimit");

    private static final int DEFAULT_WINDOW_SECONDS = 300;

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            function.events().stream()
                    .filter(event -> event.type().equals("Api"))
                    .forEach(method -> checkMethod(function, method, template, violations));
        }
        template.resources("AWS::WAFv2::WebACL").forEach(firewall -> checkFirewall(firewall, template, violations));
        return violations;
    }

    private void checkMethod(Function function, EventSource source, Template template, List<Violation> violations) {
        Value method = source.properties();
        Optional<Resource> api = template.target(method.at("RestApiId"), API);
        Value settings = api.stream()
                .flatMap(each -> each.at("MethodSettings").items().stream())
                .filter(each -> isOf(each, "ResourcePath", escaped(method.at("Path")), "/*"))
                .filter(each -> isOf(each, "HttpMethod", method.at("Method").text(), "*"))
                .findFirst()
                .orElse(Value.ABSENT);
        if (!LIMITS.keySet().stream().allMatch(limit -> settings.at(limit).isPresent())) {
            violations.add(violation(
                    function.id(),
                    "ThrottlingRateLimit and ThrottlingBurstLimit in the API's MethodSettings for " + source.name(),
                    settings));
        } else if (method.at("Auth", "ApiKeyRequired").isTrue()) {
            plans(template)
                    .filter(plan -> api.isPresent() && isPlanOf(api.get(), plan, template))
                    .forEach(plan -> checkPlan(plan, settings, template, violations));
        }
    }

    /** Settings of all paths or methods are those of each. */
    private static boolean isOf(Value settings, String field, String wanted, String all) {
        String text = settings.at(field).text();
        return text.equalsIgnoreCase(wanted) || text.equals(all);
    }

    /** The path as method settings have it: a slash, then the path with each slash escaped as ~1. */
    private static String escaped(Value path) {
        return "/" + path.text().replace("/", "~1");
    }

    private static Stream<Resource> plans(Template template) {
        return template.resources("AWS::ApiGateway::UsagePlan");
    }

    private static boolean isPlanOf(Resource api, Resource plan, Template template) {
        return plan.at("ApiStages").items().stream()
                .flatMap(stage -> template.target(stage.at("ApiId"), API).stream())
                .anyMatch(each -> each.id().equals(api.id()));
    }

    private void checkPlan(Resource plan, Value method, Template template, List<Violation> violations) {
        LIMITS.forEach((ofMethod, ofKey) -> template.stages().forEach(stage -> {
            OptionalInt whole = template.number(method.at(ofMethod), stage);
            OptionalInt share = template.number(plan.at("Throttle", ofKey), stage);
            if (whole.isEmpty() || share.isEmpty() || share.getAsInt() >= whole.getAsInt()) {
                violations.add(violation(
                        plan.id(),
                        "%s of one key less than the method's %s in the stage %s".formatted(ofKey, ofMethod, stage),
                        share.isEmpty() ? "none" : share.getAsInt()));
            }
        }));
    }

    private void checkFirewall(Resource firewall, Template template, List<Violation> violations) {
        for (Value rule : firewall.at("Rules").items()) {
            Value rate = rule.at("Statement", "RateBasedStatement");
            int limit = rate.at("Limit").number(Integer.MAX_VALUE);
            int seconds = rate.at("EvaluationWindowSec").number(DEFAULT_WINDOW_SECONDS);
            plans(template)
                    .flatMap(plan -> template.stages().stream()
                            .map(stage -> ofAKey(plan, stage, seconds, template))
                            .flatMapToInt(OptionalInt::stream)
                            .boxed())
                    .max(Integer::compare)
                    .filter(most -> most > limit)
                    .ifPresent(most -> violations.add(violation(
                            firewall.id(),
                            "a Limit of at least %d, what a key may send in %d s".formatted(most, seconds),
                            limit)));
        }
    }

    private static OptionalInt ofAKey(Resource plan, String stage, int seconds, Template template) {
        OptionalInt rate = template.number(plan.at("Throttle", "RateLimit"), stage);
        OptionalInt burst = template.number(plan.at("Throttle", "BurstLimit"), stage);
        return rate.isEmpty() || burst.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(rate.getAsInt() * seconds + burst.getAsInt());
    }
}
