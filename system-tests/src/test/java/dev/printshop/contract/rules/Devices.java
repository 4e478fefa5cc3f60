package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.json.ScanJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Messages of devices become the same record in the scan stream as scans of the API. The fields are those of a scan,
 * but the hub is from the topic and the time of receipt from the clock of AWS IoT. The parcel is the partition key,
 * which keeps the order of its scans. Fields are selected one by one: with {@code SELECT *} the device could set them.
 *
 * @see <a href="https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-functions.html">Functions of AWS IoT's
 *     SQL</a>: {@code timestamp()} is the time at which the rule runs, in milliseconds since 1970
 */
public final class Devices implements Rule {

    private static final String HUB = "hubCode";
    private static final String HUB_OF_THE_TOPIC = "topic(2) AS " + HUB;
    private static final String TIME_OF_THE_RULE = "timestamp() AS " + ScanJson.RECEIVED_AT;
    private static final String PARTITION_KEY = "${parcelId}";

    private static final Scan EXAMPLE = new Scan(
            "scan-1",
            new ParcelId("parcel-1"),
            Hubs.all().get("FRA"),
            ScanKind.RECEIVED,
            Instant.EPOCH,
            Condition.UNKNOWN);

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::IoT::TopicRule").forEach(rule -> {
            String statement = statement();
            String sql = rule.at("TopicRulePayload", "Sql").text();
            if (!sql.equals(statement)) {
                violations.add(violation(rule.id(), "the statement " + statement, sql));
            }
            List<Value> actions = rule.at("TopicRulePayload", "Actions").items();
            if (actions.size() != 1 || !putsIntoTheScanStream(actions.getFirst(), template)) {
                violations.add(violation(
                        rule.id(),
                        "one action: Kinesis with the stream that EnrichScans reads and the PartitionKey "
                                + PARTITION_KEY,
                        actions));
            }
        });
        return violations;
    }

    /** The fields of the record: all fields of a scan. */
    private static String statement() {
        return ScanJson.write(EXAMPLE, Instant.EPOCH).keySet().stream()
                .map(field -> switch (field) {
                    case HUB -> HUB_OF_THE_TOPIC;
                    case ScanJson.RECEIVED_AT -> TIME_OF_THE_RULE;
                    default -> field;
                })
                .collect(Collectors.joining(", ", "SELECT ", " FROM '${DeviceTopics}/+/scans'"));
    }

    private static boolean putsIntoTheScanStream(Value action, Template template) {
        return action.at("Kinesis", "PartitionKey").text().equals(PARTITION_KEY)
                && template.target(action.at("Kinesis", "StreamName"), "AWS::Kinesis::Stream")
                        .map(Resource::id)
                        .filter(stream -> isRead(stream, template))
                        .isPresent();
    }

    private static boolean isRead(String stream, Template template) {
        return template.resource("EnrichScansFunction").stream()
                .flatMap(function -> function.at("Events").fields().values().stream())
                .anyMatch(event -> event.at("Properties", "Stream").references().contains(stream));
    }
}
