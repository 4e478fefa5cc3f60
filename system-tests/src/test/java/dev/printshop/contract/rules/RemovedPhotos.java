package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The gallery and the decision in the variants bucket retain a removed photo for longer than any delay of its events.
 * An event may be delayed by EventBridge, by the function, in a failure queue, again by EventBridge with the function's
 * event, and in the gallery's queue, whose dead-letter queue counts from the same moment; and all of that twice,
 * because each queue may be redriven.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html">How EventBridge
 *     retries delivering events</a>
 */
public final class RemovedPhotos implements Rule {

    /** The longest time, and the default, for which EventBridge retries the delivery of an event. */
    private static final Duration EVENT_BRIDGE = Duration.ofHours(24);

    private static final int DEFAULT_EVENT_AGE_SECONDS = 21_600;

    private static final String GALLERY = "dev.printshop.photos.gallery.aws.DynamoDbGallery";
    private static final String TOMBSTONES = "TOMBSTONE_RETENTION";

    @Override
    public List<Violation> check(Template template, Project project) {
        Duration needed = longestDelay(template);
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::S3::Bucket")
                .forEach(bucket -> bucket.at("LifecycleConfiguration", "Rules").items().stream()
                        .filter(RemovedPhotos::isOfRemovedPhotos)
                        .map(rule -> Duration.ofDays(rule.at("ExpirationInDays").number(0)))
                        .filter(remembered -> remembered.compareTo(needed) <= 0)
                        .forEach(remembered -> violations.add(
                                violation(bucket.id(), expected(needed), remembered.toDays() + " days"))));
        Duration tombstones = tombstones(project);
        if (tombstones.compareTo(needed) <= 0) {
            violations.add(violation(TOMBSTONES, expected(needed), tombstones.toDays() + " days"));
        }
        return violations;
    }

    private static String expected(Duration needed) {
        return "removed photos to be remembered for more than %d hours".formatted(needed.toHours());
    }

    private static Duration longestDelay(Template template) {
        Duration function = longest(
                template.functions().stream().map(RemovedPhotos::eventAge).map(Duration::ofSeconds));
        Duration queue = longest(template.resources("AWS::SQS::Queue").map(QueueRetentions::retention));
        return EVENT_BRIDGE
                .plus(function)
                .plus(queue)
                .plus(EVENT_BRIDGE)
                .plus(queue)
                .multipliedBy(2);
    }

    private static int eventAge(Function function) {
        return function.at("EventInvokeConfig", "MaximumEventAgeInSeconds").number(DEFAULT_EVENT_AGE_SECONDS);
    }

    private static Duration longest(Stream<Duration> durations) {
        return durations.max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private static boolean isOfRemovedPhotos(Value rule) {
        return rule.at("TagFilters").items().stream()
                .anyMatch(tag -> tag.at("Key").text().equals("photo")
                        && tag.at("Value").text().equals("removed"));
    }

    private static Duration tombstones(Project project) {
        try {
            Field field = project.code().find(GALLERY).orElseThrow().getDeclaredField(TOMBSTONES);
            field.setAccessible(true);
            return (Duration) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
