package dev.printshop.contract.rules;

import dev.printshop.contract.Project;
import dev.printshop.contract.Resource;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Value;
import dev.printshop.contract.Violation;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hub;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.json.ScanLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table in the data catalog describes the output of FormatScans: its columns are the line's fields, its partition
 * keys those of the delivery stream, and its projection contains every hub. Data that the table doesn't describe would
 * be missing in all queries, unnoticed.
 */
public final class DataLake implements Rule {

    private static final Map<Class<?>, String> TYPES = Map.of(String.class, "string", Double.class, "double");

    private static final Pattern GLUE_NAME = Pattern.compile("[a-z0-9_]+");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{[^}]+}");

    /** A scan with all measurements. */
    private static final Scan COMPLETE = new Scan(
            "scan-1",
            new ParcelId("parcel-1"),
            Hubs.all().get("FRA"),
            ScanKind.RECEIVED,
            Instant.EPOCH,
            new Condition(OptionalDouble.of(20), OptionalDouble.of(1), OptionalDouble.of(50)));

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        template.resources("AWS::Glue::Database")
                .filter(database -> {
                    Value name = database.at("DatabaseInput", "Name");
                    return !GLUE_NAME
                                    .matcher(SUBSTITUTION.matcher(name.text()).replaceAll(""))
                                    .matches()
                            || name.text().contains("${AWS::StackName}");
                })
                .forEach(database -> violations.add(violation(
                        database.id(),
                        "a name of small letters, digits and underscores, without the stack's name as it is",
                        database.at("DatabaseInput", "Name").text())));
        template.resources("AWS::Glue::Table").forEach(table -> {
            demand(
                    table,
                    "the columns that FormatScans writes,",
                    typesOf(ScanLine.fields(COMPLETE)),
                    typesIn(table.at("TableInput", "StorageDescriptor", "Columns")),
                    violations);
            demand(
                    table,
                    "the partition keys that FormatScans answers,",
                    typesOf(ScanLine.partitionKeys(COMPLETE)),
                    typesIn(table.at("TableInput", "PartitionKeys")),
                    violations);
            demand(
                    table,
                    "projection.hub.values to be all hubs of hubs.csv,",
                    Hubs.all().list().stream().map(Hub::code).collect(Collectors.joining(",")),
                    parameter(table, "projection.hub.values"),
                    violations);
            demand(
                    table,
                    "storage.location.template to be where the lines are,",
                    "s3://${DataLakeBucket}/" + path("${!%s}"),
                    parameter(table, "storage.location.template"),
                    violations);
        });
        template.resources("AWS::KinesisFirehose::DeliveryStream")
                .forEach(delivery -> demand(
                        delivery,
                        "a Prefix with the keys that FormatScans answers,",
                        path("!{partitionKeyFromLambda:%s}"),
                        delivery.at("ExtendedS3DestinationConfiguration", "Prefix")
                                .text(),
                        violations));
        return violations;
    }

    private void demand(Resource resource, String what, Object expected, Object actual, List<Violation> violations) {
        if (!expected.equals(actual)) {
            violations.add(violation(resource.id(), what + " " + expected, actual));
        }
    }

    private static Map<String, String> typesOf(Map<String, ?> fields) {
        Map<String, String> types = new LinkedHashMap<>();
        fields.forEach((name, value) -> types.put(name, TYPES.get(value.getClass())));
        return types;
    }

    private static Map<String, String> typesIn(Value columns) {
        Map<String, String> types = new LinkedHashMap<>();
        columns.items()
                .forEach(column ->
                        types.put(column.at("Name").text(), column.at("Type").text()));
        return types;
    }

    private static String parameter(Resource table, String name) {
        return table.at("TableInput", "Parameters", name).text();
    }

    /** The prefix of a line, with an expression for each partition key. */
    private static String path(String expression) {
        return ScanLine.partitionKeys(COMPLETE).keySet().stream()
                .map(key -> key + "=" + expression.formatted(key) + "/")
                .collect(Collectors.joining("", "scans/", ""));
    }
}
