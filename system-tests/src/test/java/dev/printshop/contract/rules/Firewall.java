package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Each REST API is associated with a firewall. A firewall limits the requests of an address, which gets 429 and
 * Retry-After, because the same request is accepted later. Its samples of requests have no secrets. A rule of AWS that
 * only counts has a later rule that blocks the requests with its label, except at one path: that of a method that
 * requires a key.
 *
 * @see <a href="https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html">The rules
 *     and labels of the core rule set</a>
 */
public final class Firewall implements Rule {

    private static final String WEB_ACL = "AWS::WAFv2::WebACL";
    private static final String LABELS = "awswaf:managed:aws:core-rule-set:";
    private static final List<String> SECRET_HEADERS = List.of("x-api-key", "authorization");
    private static final Set<String> REST_APIS = Set.of("AWS::Serverless::Api", "AWS::ApiGateway::RestApi");

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources()
                .filter(resource -> REST_APIS.contains(resource.type()))
                .filter(api -> template.resources("AWS::WAFv2::WebACLAssociation")
                        .noneMatch(association -> protects(association, api, template)))
                .forEach(api ->
                        violations.add(violation(api.id(), "an association of its stage with the firewall", "none")));
        template.resources(WEB_ACL).forEach(firewall -> check(firewall, template, violations));
        return violations;
    }

    private static boolean protects(Resource association, Resource api, Template template) {
        return association
                        .at("ResourceArn")
                        .text()
                        .endsWith("/restapis/${%1$s}/stages/${%1$s.Stage}".formatted(api.id()))
                && template.target(association.at("WebACLArn"), WEB_ACL).isPresent();
    }

    private void check(Resource firewall, Template template, List<Violation> violations) {
        List<Value> rules = firewall.at("Rules").items();
        List<Value> limits = rules.stream()
                .filter(Firewall::blocks)
                .filter(rule -> rule.at("Statement", "RateBasedStatement", "AggregateKeyType")
                        .text()
                        .equals("IP"))
                .toList();
        if (limits.isEmpty()) {
            violations.add(violation(firewall.id(), "a rule that limits the requests of an address", "none"));
        }
        limits.stream()
                .map(limit -> limit.at("Action", "Block", "CustomResponse"))
                .filter(response -> !asksToRetry(response, firewall))
                .forEach(response -> violations.add(violation(
                        firewall.id(), "429, Retry-After and a body for an address that is blocked", response)));
        List<Value> protections =
                firewall.at("DataProtectionConfig", "DataProtections").items();
        SECRET_HEADERS.stream()
                .filter(header -> protections.stream().noneMatch(protection -> replaces(header, protection)))
                .forEach(header -> violations.add(violation(
                        firewall.id(), "a substitution of the header %s in samples".formatted(header), protections)));
        Set<String> paths = pathsWithKey(template);
        for (Value rule : rules) {
            Value group = rule.at("Statement", "ManagedRuleGroupStatement");
            if (group.isPresent() && !rule.at("OverrideAction", "None").isPresent()) {
                violations.add(violation(
                        firewall.id(), "OverrideAction None for " + group.at("Name"), rule.at("OverrideAction")));
            }
            counted(group)
                    .filter(name -> rules.stream()
                            .noneMatch(other ->
                                    priority(other) > priority(rule) && blocksExceptAt(paths, LABELS + name, other)))
                    .forEach(name -> violations.add(violation(
                            firewall.id(),
                            "a later rule that blocks what %s counts, except at one of %s".formatted(name, paths),
                            "none")));
        }
    }

    private static boolean asksToRetry(Value response, Resource firewall) {
        return response.at("ResponseCode").number(0) == 429
                && response.at("ResponseHeaders").items().stream()
                        .anyMatch(header -> header.at("Name").text().equals("Retry-After")
                                && header.at("Value").number(0) > 0)
                && firewall.at(
                                "CustomResponseBodies",
                                response.at("CustomResponseBodyKey").text())
                        .isPresent();
    }

    /** Whether the header is replaced everywhere: the details of rules that match are no exception. */
    private static boolean replaces(String header, Value protection) {
        return protection.at("Action").text().equals("SUBSTITUTION")
                && protection.at("Field", "FieldType").text().equals("SINGLE_HEADER")
                && protection.at("Field", "FieldKeys").texts().contains(header)
                && !protection.at("ExcludeRuleMatchDetails").isTrue();
    }

    private static boolean blocks(Value rule) {
        return rule.at("Action", "Block").isPresent();
    }

    /** The names of the rules in a group that only count. */
    private static Stream<String> counted(Value group) {
        return group.at("RuleActionOverrides").items().stream()
                .filter(override -> override.at("ActionToUse", "Count").isPresent())
                .map(override -> override.at("Name").text());
    }

    private static int priority(Value rule) {
        return rule.at("Priority").number(0);
    }

    /** Labels have the names of their rules, but for the case of letters. */
    private static boolean blocksExceptAt(Set<String> paths, String label, Value rule) {
        List<Value> both = rule.at("Statement", "AndStatement", "Statements").items();
        return blocks(rule)
                && both.size() == 2
                && Stream.concat(both.stream(), both.stream().flatMap(Firewall::alternatives))
                        .anyMatch(statement -> statement
                                .at("LabelMatchStatement", "Key")
                                .text()
                                .equalsIgnoreCase(label))
                && both.stream()
                        .map(statement -> statement.at("NotStatement", "Statement", "ByteMatchStatement"))
                        .anyMatch(match -> match.at("FieldToMatch", "UriPath").isPresent()
                                && match.at("PositionalConstraint").text().equals("EXACTLY")
                                && paths.contains(match.at("SearchString").text()));
    }

    private static Stream<Value> alternatives(Value statement) {
        return statement.at("OrStatement", "Statements").items().stream();
    }

    /** The paths as the firewall sees them: with the stage of API Gateway. */
    private static Set<String> pathsWithKey(Template template) {
        return template.functions().stream()
                .flatMap(function -> function.at("Events").fields().values().stream())
                .map(event -> event.at("Properties"))
                .filter(event -> event.at("Auth", "ApiKeyRequired").isTrue())
                .flatMap(event -> template.target(event.at("RestApiId"), "AWS::Serverless::Api").stream()
                        .map(api -> "/" + api.at("StageName").text()
                                + event.at("Path").text()))
                .collect(Collectors.toSet());
    }
}
