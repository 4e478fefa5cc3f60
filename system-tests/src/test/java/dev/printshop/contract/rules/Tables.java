package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every table is encrypted, can be restored to any point in time, and is billed on demand. */
public final class Tables implements Rule {

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::DynamoDB::Table").forEach(table -> {
            Map<String, Boolean> demands = Map.of(
                    "SSESpecification with SSEEnabled: true",
                    table.at("SSESpecification", "SSEEnabled").isTrue(),
                    "PointInTimeRecoverySpecification with PointInTimeRecoveryEnabled: true",
                    table.at("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")
                            .isTrue(),
                    "BillingMode: PAY_PER_REQUEST",
                    table.at("BillingMode").text().equals("PAY_PER_REQUEST"));
            demands.forEach((demand, fulfilled) -> {
                if (!fulfilled) {
                    violations.add(violation(table.id(), demand, "none"));
                }
            });
        });
        return violations;
    }
}
