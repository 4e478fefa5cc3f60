package dev.printshop.contract.rules;

import dev.printshop.contract.EventSource;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue keeps a message hidden for at least six times the function's timeout, plus the batching window: so a
 * throttled poller has time for retries before the message becomes visible.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html">Configuring a queue to use
 *     with Lambda</a>
 */
public final class VisibilityTimeouts implements Rule {

    private static final int TIMES = 6;
    private static final int DEFAULT_VISIBILITY_SECONDS = 30;

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            for (EventSource source : function.events()) {
                if (!source.type().equals("SQS")) {
                    continue;
                }
                int expected = TIMES * function.timeoutSeconds()
                        + source.properties()
                                .at("MaximumBatchingWindowInSeconds")
                                .number(0);
                template.target(source.properties().at("Queue"), "AWS::SQS::Queue")
                        .filter(queue -> visibility(queue) < expected)
                        .ifPresent(queue -> violations.add(violation(
                                queue.id(),
                                ("a VisibilityTimeout of at least %d s, 6 times the timeout of %s and its batching"
                                                + " window")
                                        .formatted(expected, function.id()),
                                visibility(queue) + " s")));
            }
        }
        return violations;
    }

    private static int visibility(Resource queue) {
        return queue.at("VisibilityTimeout").number(DEFAULT_VISIBILITY_SECONDS);
    }
}
