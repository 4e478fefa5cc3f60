package dev.printshop.contract.rules;

import dev.printshop.contract.EventSource;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lambda reads the failures out of a batch's answer only if the mapping has ReportBatchItemFailures; without it, a
 * partly failed batch counts as successful. With it, and a handler with another answer, either the whole batch fails or
 * none of it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial batch
 *     responses</a>
 */
public final class PartialBatches implements Rule {

    private static final Set<String> BATCH_SOURCES = Set.of("SQS", "Kinesis", "DynamoDB");
    private static final Set<String> PARTIAL_ANSWERS =
            Set.of("SQSBatchResponse", "StreamsEventResponse", "TimeWindowEventResponse");
    private static final String REPORTING = "FunctionResponseTypes: [ReportBatchItemFailures]";

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            Optional<Type> answer = Handlers.outputType(function, project);
            boolean answersPartially = answer.map(type -> simpleName(type))
                    .filter(PARTIAL_ANSWERS::contains)
                    .isPresent();
            for (EventSource source : function.events()) {
                if (!BATCH_SOURCES.contains(source.type()) || answer.isEmpty()) {
                    continue;
                }
                List<String> responseTypes =
                        source.properties().at("FunctionResponseTypes").texts();
                boolean reports = responseTypes.contains("ReportBatchItemFailures");
                if (answersPartially && !reports) {
                    violations.add(violation(
                            function.id(),
                            "%s at its event %s, because its handler answers %s"
                                    .formatted(REPORTING, source.name(), simpleName(answer.get())),
                            responseTypes));
                } else if (reports && !answersPartially) {
                    violations.add(violation(
                            function.id(),
                            "a handler that answers one of %s, because its event %s has %s"
                                    .formatted(new TreeSet<>(PARTIAL_ANSWERS), source.name(), REPORTING),
                            simpleName(answer.get())));
                }
            }
        }
        return violations;
    }

    private static String simpleName(Type type) {
        return type.getTypeName().replaceFirst(".*\\.", "");
    }
}
