package dev.printshop.contract.rules;

import dev.printshop.contract.EventSource;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A consumer that stores the progress in a shard has one batch of a shard at a time: with several at once, a record of
 * one batch is no proof for the records before it in another. And a permission that is limited to some partition keys
 * contains keys that the code uses.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html">ParallelizationFactor</a>
 */
public final class Watermarks implements Rule {

    private static final String WATERMARKS = "#WATERMARKS";

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            if (project.code().find(function.handler()).isEmpty()) {
                continue; // reported by another rule
            }
            Set<String> texts = project.code().reachableFrom(function.handler()).constants();
            for (EventSource event : function.events()) {
                int batches = event.properties().at("ParallelizationFactor").number(1);
                if (event.type().equals("Kinesis") && texts.contains(WATERMARKS) && batches != 1) {
                    violations.add(violation(
                            function.id(),
                            "ParallelizationFactor 1 at its event %s, because its code raises watermarks"
                                    .formatted(event.name()),
                            batches));
                }
            }
            template.policyStatements(function)
                    .flatMap(statement ->
                            statement
                                    .at("Condition", "ForAllValues:StringEquals", "dynamodb:LeadingKeys")
                                    .items()
                                    .stream())
                    .map(Value::text)
                    .filter(key -> !texts.contains(key))
                    .forEach(key -> violations.add(violation(
                            function.id(),
                            "code that uses the partition key %s, because its policy has it".formatted(key),
                            texts)));
        }
        return violations;
    }
}
