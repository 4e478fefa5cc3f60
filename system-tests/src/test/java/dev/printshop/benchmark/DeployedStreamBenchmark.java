package dev.printshop.benchmark;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.Console;
import dev.printshop.local.LocalCloud;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.story.ParcelDesk;
import dev.printshop.local.traffic.Fate;
import dev.printshop.local.traffic.Journey;
import dev.printshop.local.traffic.Journey.GeneratedScan;
import dev.printshop.local.traffic.ParcelTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * The throughput of the deployed EnrichScans in scans per second, in a separate local cloud. Run by {@code
 * bench/stream/run.sh}.
 */
public final class DeployedStreamBenchmark {

    private static final int PARCELS = 200;
    private static final int WARM_UP_PARCELS = 50;
    private static final int STOPS = 10;
    private static final int RECORDS_PER_CALL = 500;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration WAIT_LIMIT = Duration.ofMinutes(10);

    private final Stack stack;
    private final ParcelDesk desk;
    private final KinesisClient kinesis;
    private final DynamoDbClient dynamoDb;

    private DeployedStreamBenchmark(Stack stack) {
        this.stack = stack;
        this.desk = new ParcelDesk(stack);
        this.kinesis = stack.client(KinesisClient.builder());
        this.dynamoDb = stack.client(DynamoDbClient.builder());
    }

    public static void main(String[] arguments) throws InterruptedException {
        Console console = new Console(System.out);
        LocalCloud localCloud = new LocalCloud(LocalCloudExtension.workspace("bench-stream"), console);
        Runtime.getRuntime().addShutdownHook(new Thread(localCloud::stop));
        new DeployedStreamBenchmark(localCloud.deploy()).run(console);
    }

    private void run(Console console) throws InterruptedException {
        ParcelTraffic traffic = new ParcelTraffic(20_261_125, Instant.now());
        List<Journey> warmUp = traffic.journeys(Collections.nCopies(WARM_UP_PARCELS, Fate.PUNCTUAL), STOPS);
        List<Journey> measured = traffic.journeys(Collections.nCopies(PARCELS, Fate.PUNCTUAL), STOPS);
        dispatch(warmUp, WARM_UP_PARCELS);
        dispatch(measured, WARM_UP_PARCELS + PARCELS);
        int scansBefore = send(warmUp);
        awaitAll(scansBefore, WARM_UP_PARCELS);

        Instant start = Instant.now();
        int scans = send(measured);
        Duration sending = Duration.between(start, Instant.now());
        awaitAll(scansBefore + scans, WARM_UP_PARCELS + PARCELS);
        Duration all = Duration.between(start, Instant.now());
        console.headline("Through the deployed EnrichScans, in the local cloud");
        console.line(
                "%,d scans of %d parcels, in the stream after %s, in the table after %s: %.0f scans/s",
                scans, PARCELS, Console.seconds(sending), Console.seconds(all), scans * 1_000.0 / all.toMillis());
        console.line("This measures the emulator as much as the product: all calls of AWS are answered by one process");
        console.line(
                "on the same processors, and this program's own look at the table every half second is among them.");
    }

    private void dispatch(List<Journey> journeys, int registered) throws InterruptedException {
        desk.dispatch(journeys);
        await("attribute_exists(#attribute)", "plan", Map.of(), registered);
    }

    /** Waits until all scans are in the table, and the delivery of all parcels is announced. */
    private void awaitAll(int scans, int parcels) throws InterruptedException {
        await("begins_with(#attribute, :value)", "item", value("SCAN#"), scans);
        await("contains(#attribute, :value)", "announced", value("DELIVERED"), parcels);
    }

    /** Puts all scans into the stream, in the order of time, and returns their number. */
    private int send(Collection<Journey> journeys) {
        List<PutRecordsRequestEntry> records = journeys.stream()
                .flatMap(journey -> journey.scans().stream())
                .sorted(Comparator.comparing(GeneratedScan::scannedAt))
                .map(scan -> PutRecordsRequestEntry.builder()
                        .partitionKey(scan.parcelId())
                        .data(SdkBytes.fromUtf8String(json(scan)))
                        .build())
                .toList();
        for (int from = 0; from < records.size(); from += RECORDS_PER_CALL) {
            List<PutRecordsRequestEntry> some =
                    records.subList(from, Math.min(from + RECORDS_PER_CALL, records.size()));
            if (kinesis.putRecords(put -> put.streamName(stack.scanStreamName()).records(some))
                            .failedRecordCount()
                    > 0) {
                throw new IllegalStateException("The stream did not take all scans");
            }
        }
        return records.size();
    }

    private void await(String filter, String attribute, Map<String, AttributeValue> values, long expected)
            throws InterruptedException {
        Instant end = Instant.now().plus(WAIT_LIMIT);
        for (long found = count(filter, attribute, values);
                found < expected;
                found = count(filter, attribute, values)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        "Only %d of %d items have what is expected of '%s'".formatted(found, expected, attribute));
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    private long count(String filter, String attribute, Map<String, AttributeValue> values) {
        return dynamoDb
                .scanPaginator(scan -> scan.tableName(stack.parcelsTable())
                        .select(Select.COUNT)
                        .consistentRead(true)
                        .filterExpression(filter)
                        .expressionAttributeNames(Map.of("#attribute", attribute))
                        .expressionAttributeValues(values.isEmpty() ? null : values))
                .stream()
                .mapToLong(ScanResponse::count)
                .sum();
    }

    private static Map<String, AttributeValue> value(String text) {
        return Map.of(":value", AttributeValue.fromS(text));
    }

    private static String json(GeneratedScan scan) {
        try {
            return JSON.std.asString(scan.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
