package dev.printshop.local.story;

import dev.printshop.local.Console;
import dev.printshop.local.Stack;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The hubs' figures, read from their table. */
public final class HubBoard {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DynamoDbClient dynamoDb;
    private final String table;

    public HubBoard(Stack stack) {
        this.dynamoDb = stack.client(DynamoDbClient.builder());
        this.table = stack.hubFiguresTable();
    }

    /**
     * One minute of a hub.
     *
     * @param meanDelayMinutes as it is written in the table, if a delay was measured
     * @param p95DelayMinutes the same
     */
    public record Figure(
            String hubCode,
            Instant minute,
            int parcelsIn,
            int parcelsOut,
            Optional<String> meanDelayMinutes,
            Optional<String> p95DelayMinutes) {

        /** All parcels in and out. */
        public int parcels() {
            return parcelsIn + parcelsOut;
        }
    }

    /**
     * All figures since the minute of a moment, ordered by minute and hub. With real traffic, the query would be for
     * one hub and a time range; here the table contains a few minutes.
     */
    public List<Figure> since(Instant moment) {
        Instant minute = moment.truncatedTo(ChronoUnit.MINUTES);
        return dynamoDb.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .map(HubBoard::figure)
                .filter(figure -> !figure.minute().isBefore(minute))
                .sorted(Comparator.comparing(Figure::minute).thenComparing(Figure::hubCode))
                .toList();
    }

    /** Shows figures as a table. */
    public static void show(List<Figure> figures, Console console) {
        console.line("hub  minute            parcels in  out  delay: mean  95th percentile");
        figures.forEach(figure -> console.line(
                "%s  %s %9d %4d %9s min %12s min",
                figure.hubCode(),
                MINUTE.format(figure.minute()),
                figure.parcelsIn(),
                figure.parcelsOut(),
                figure.meanDelayMinutes().orElse("-"),
                figure.p95DelayMinutes().orElse("-")));
    }

    private static Figure figure(Map<String, AttributeValue> item) {
        return new Figure(
                required(item, "hubCode").s(),
                Instant.parse(required(item, "minute").s()),
                Integer.parseInt(required(item, "parcelsIn").n()),
                Integer.parseInt(required(item, "parcelsOut").n()),
                Optional.ofNullable(item.get("meanDelayMinutes")).map(AttributeValue::n),
                Optional.ofNullable(item.get("p95DelayMinutes")).map(AttributeValue::n));
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute);
    }
}
