package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.time.Duration;
import java.util.List;

/**
 * Each queue has SQS's longest retention. A message that moves to a dead-letter queue keeps its age: with the default
 * of four days in the first queue, an outage of five days would lose it unnoticed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html">Setting
 *     up dead-letter queue retention</a>
 */
public final class QueueRetentions implements Rule {

    private static final Duration LONGEST = Duration.ofDays(14);
    private static final Duration DEFAULT = Duration.ofDays(4);

    @Override
    public List<Violation> check(Template template, Project project) {
        return template.resources("AWS::SQS::Queue")
                .filter(queue -> retention(queue).compareTo(LONGEST) < 0)
                .map(queue -> violation(
                        queue.id(),
                        "a MessageRetentionPeriod of %d s".formatted(LONGEST.toSeconds()),
                        retention(queue).toSeconds() + " s"))
                .toList();
    }

    static Duration retention(Resource queue) {
        return Duration.ofSeconds(queue.at("MessageRetentionPeriod").number((int) DEFAULT.toSeconds()));
    }
}
