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
import java.util.OptionalInt;
import java.util.Set;

/**
 * The concurrent executions of Lambda's pollers and the reserved ones of all stages together fit into an account's
 * default quota, and dev reserves none, which a new account refuses. README.md has the sum for each stage.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
 */
public final class Concurrency implements Rule {

    /**
     * A table that is billed by request has four partitions at first, and its stream a shard for each.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html">
     *     On-demand capacity mode</a>: 4,000 writes a second, and a partition serves 1,000
     */
    private static final int PARTITIONS_OF_A_TABLE = 4;

    private static final Set<String> POLLED = Set.of("SQS", "Kinesis", "DynamoDB", "MSK", "MQ", "SelfManagedKafka");
    private static final String SMALLEST_STAGE = "dev";

    private static final int DEFAULT = 1_000;

    /**
     * A reservation is refused if it leaves less for all other functions.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html">Configuring reserved
     *     concurrency</a>
     */
    private static final int UNRESERVED = 100;

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        int all = 0;
        for (String stage : template.stages()) {
            int pollers = 0;
            int reserved = 0;
            for (Function function : template.functions()) {
                reserved += template.number(function.at("ReservedConcurrentExecutions"), stage)
                        .orElse(0);
                for (EventSource source : function.events()) {
                    OptionalInt executions = executions(source, stage, template);
                    if (executions.isEmpty() && stage.equals(SMALLEST_STAGE)) {
                        violations.add(violation(
                                function.id(), "a limit of the concurrent executions for " + source.name(), "none"));
                    }
                    pollers += executions.orElse(0);
                }
            }
            all += pollers + reserved;
            if (stage.equals(SMALLEST_STAGE) && reserved > 0) {
                violations.add(
                        violation("Stages." + stage, "no reserved concurrency, which a new account refuses", reserved));
            }
            String row = "| %s | %d | %d |".formatted(stage, pollers, reserved);
            if (!project.read("README.md").contains(row)) {
                violations.add(violation("Stages." + stage, "README.md with the row " + row, "none"));
            }
        }
        if (all > DEFAULT - UNRESERVED) {
            violations.add(
                    violation("Stages", "at most %d executions of all stages".formatted(DEFAULT - UNRESERVED), all));
        }
        return violations;
    }

    /** The most executions at once that a poller starts; 0 for what is not polled, empty if there is no limit. */
    private static OptionalInt executions(EventSource source, String stage, Template template) {
        Value properties = source.properties();
        return switch (source.type()) {
            case "SQS" -> template.number(properties.at("ScalingConfig", "MaximumConcurrency"), stage);
            case "Kinesis" -> {
                Value shards = template.target(properties.at("Stream"), "AWS::Kinesis::Stream")
                        .map(stream -> stream.at("ShardCount"))
                        .orElse(Value.ABSENT);
                int factor = properties.at("ParallelizationFactor").number(1);
                OptionalInt count = template.number(shards, stage);
                yield count.isEmpty() ? count : OptionalInt.of(count.getAsInt() * factor);
            }
            case "DynamoDB" ->
                OptionalInt.of(PARTITIONS_OF_A_TABLE
                        * properties.at("ParallelizationFactor").number(1));
            default -> POLLED.contains(source.type()) ? OptionalInt.empty() : OptionalInt.of(0);
        };
    }
}
