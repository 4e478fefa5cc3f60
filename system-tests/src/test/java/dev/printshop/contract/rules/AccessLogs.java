package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Each API can write an access log that says who called what, from where, with which result. It has no API key, and
 * neither paths nor query strings, which have what a caller wrote. The callers' addresses are personal data, so it is
 * kept for two weeks at most.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html">Variables
 *     for access logging</a>
 */
public final class AccessLogs implements Rule {

    private static final Set<String> REQUIRED = Set.of(
            "requestId",
            "requestTime",
            "httpMethod",
            "resourcePath",
            "status",
            "responseLength",
            "responseLatency",
            "integrationLatency",
            "identity.sourceIp",
            "identity.apiKeyId",
            "error.responseType");

    private static final Set<String> FORBIDDEN = Set.of("identity.apiKey", "path");

    private static final int MAX_DAYS = 14;

    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z.]+)");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::Serverless::Api").forEach(api -> check(api, template, violations));
        return violations;
    }

    private void check(Resource api, Template template, List<Violation> violations) {
        Value setting = api.at("AccessLogSetting").items().stream().findFirst().orElse(Value.ABSENT);
        template.target(setting.at("DestinationArn"), "AWS::Logs::LogGroup")
                .ifPresent(group -> checkRetention(group, template, violations));
        Set<String> variables = VARIABLE.matcher(setting.at("Format").text())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = new TreeSet<>(REQUIRED);
        missing.removeAll(variables);
        if (!missing.isEmpty()) {
            violations.add(
                    violation(api.id(), "an access log with all of " + new TreeSet<>(REQUIRED), "no " + missing));
        }
        variables.retainAll(FORBIDDEN);
        if (!variables.isEmpty()) {
            violations.add(violation(api.id(), "an access log without secrets and callers' texts", variables));
        }
    }

    private void checkRetention(Resource group, Template template, List<Violation> violations) {
        for (String stage : template.stages()) {
            OptionalInt days = template.number(group.at("RetentionInDays"), stage);
            if (days.isEmpty() || days.getAsInt() > MAX_DAYS) {
                violations.add(violation(
                        group.id(),
                        "RetentionInDays of at most %d in the stage %s".formatted(MAX_DAYS, stage),
                        days.isEmpty() ? "none" : days.getAsInt()));
            }
        }
    }
}
