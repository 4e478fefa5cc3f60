package dev.printshop.parcels;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.sun.management.ThreadMXBean;
import dev.printshop.events.parcels.ParcelEventPublisher;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.InMemoryFailedRecords;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.Parcels;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.testing.FakeContext;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The cost of a scan in EnrichScans: CPU time, calls of DynamoDB, and memory. Events are JSON that is read by AWS's own
 * serialiser, as in Lambda. Table and bus are in memory. Run by {@code bench/stream/run.sh}.
 */
public final class StreamBenchmark {

    private static final int[] BATCH_SIZES = {1, 10, 100, 1_000, 10_000};
    private static final int WARM_UP_ROUNDS = 15;
    private static final int ROUNDS = 25;
    private static final double MEGABYTE = 1024 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final PojoSerializer<KinesisEvent> SERIALIZER =
            LambdaEventSerializers.serializerFor(KinesisEvent.class, StreamBenchmark.class.getClassLoader());

    private StreamBenchmark() {}

    public static void main(String[] arguments) {
        System.out.printf(
                "EnrichScans in memory: JDK %s, %d processors, heap of at most %.0f MB%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / MEGABYTE);
        printSpeed();
        printCalls();
        printMemory();
    }

    // -- Time and allocations ----------------------------------------------------------------------------------------

    /** The resources used by one thread: wall-clock time in ns, CPU time in ns, allocated bytes. */
    private record Used(long wall, long cpu, long bytes) {

        static final Used NOTHING = new Used(0, 0, 0);

        static Used now() {
            return new Used(
                    System.nanoTime(), THREADS.getCurrentThreadCpuTime(), THREADS.getCurrentThreadAllocatedBytes());
        }

        Used since(Used start) {
            return new Used(wall - start.wall, cpu - start.cpu, bytes - start.bytes);
        }

        Used plus(Used other) {
            return new Used(wall + other.wall, cpu + other.cpu, bytes + other.bytes);
        }
    }

    /** The resources for all scans of one run. */
    private record Round(Used reading, Used handling) {

        double scansPerSecond() {
            return BenchmarkScans.SCANS * 1e9 / reading.plus(handling).wall();
        }
    }

    private static void printSpeed() {
        Map<Integer, List<byte[]>> eventsBySize = new LinkedHashMap<>();
        Map<Integer, List<Round>> roundsBySize = new LinkedHashMap<>();
        for (int size : BATCH_SIZES) {
            eventsBySize.put(size, BenchmarkScans.events(BenchmarkScans.inOrderOfTime(), size));
            roundsBySize.put(size, new ArrayList<>());
        }
        for (int number = 0; number < WARM_UP_ROUNDS + ROUNDS; number++) {
            boolean counts = number >= WARM_UP_ROUNDS;
            eventsBySize.forEach((size, events) -> {
                Round round = round(events);
                if (counts) {
                    requireNonNull(roundsBySize.get(size)).add(round);
                }
            });
        }
        System.out.printf("""

            One thread, medians of %d rounds of %,d scans. CPU and bytes for one scan: reading + handling
              batch    scans/s          CPU in µs              bytes allocated
            """, ROUNDS, BenchmarkScans.SCANS);
        roundsBySize.forEach((size, rounds) -> System.out.printf(
                "%,7d %,10.0f  %5.1f + %5.1f = %5.1f  %,6.0f + %,6.0f = %,6.0f%n",
                size,
                median(rounds, Round::scansPerSecond),
                perScan(rounds, round -> round.reading().cpu()) / 1_000,
                perScan(rounds, round -> round.handling().cpu()) / 1_000,
                perScan(rounds, round -> round.reading().plus(round.handling()).cpu()) / 1_000,
                perScan(rounds, round -> round.reading().bytes()),
                perScan(rounds, round -> round.handling().bytes()),
                perScan(rounds, round -> round.reading().plus(round.handling()).bytes())));
    }

    private static Round round(List<byte[]> events) {
        InMemoryParcels parcels = new InMemoryParcels();
        BenchmarkScans.register(parcels);
        EnrichScansHandler handler = handler(parcels, _ -> {});
        Used reading = Used.NOTHING;
        Used handling = Used.NOTHING;
        for (byte[] json : events) {
            Used start = Used.now();
            KinesisEvent event = read(json);
            Used afterReading = Used.now();
            handle(handler, event);
            reading = reading.plus(afterReading.since(start));
            handling = handling.plus(Used.now().since(afterReading));
        }
        return new Round(reading, handling);
    }

    private static double perScan(List<Round> rounds, ToDoubleFunction<Round> value) {
        return median(rounds, value) / BenchmarkScans.SCANS;
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        return rounds.stream()
                .mapToDouble(value)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    // -- Calls -------------------------------------------------------------------------------------------------------

    private static void printCalls() {
        System.out.printf("""

            Calls of DynamoDB for each scan
                                               batch  BatchGetItem  BatchExecuteStatement  UpdateItem     all
            """);
        for (int size : new int[] {1, 100}) {
            InMemoryDynamoDb dynamoDb = registered();
            printCalls("in order of time", dynamoDb, BenchmarkScans.inOrderOfTime(), size);
            printCalls("all of them a second time", dynamoDb, BenchmarkScans.inOrderOfTime(), size);
            printCalls("five of each parcel together", registered(), BenchmarkScans.parcelByParcel(), size);
        }
    }

    private static InMemoryDynamoDb registered() {
        InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("parcelId", "item");
        BenchmarkScans.register(parcels(dynamoDb));
        return dynamoDb;
    }

    private static void printCalls(String order, InMemoryDynamoDb dynamoDb, List<Scan> scans, int batchSize) {
        dynamoDb.forgetCalls();
        EnrichScansHandler handler = handler(parcels(dynamoDb), _ -> {});
        BenchmarkScans.events(scans, batchSize).forEach(json -> handle(handler, read(json)));
        double gets = dynamoDb.calls("BatchGetItem") / (double) scans.size();
        double writes = dynamoDb.calls("BatchExecuteStatement") / (double) scans.size();
        double updates = dynamoDb.calls("UpdateItem") / (double) scans.size();
        System.out.printf(
                "%-30s %,7d %13.3f %22.3f %11.3f %7.3f%n",
                order, batchSize, gets, writes, updates, gets + writes + updates);
    }

    private static DynamoDbParcels parcels(InMemoryDynamoDb dynamoDb) {
        return new DynamoDbParcels(dynamoDb, "parcels", () -> Examples.PROMISED, _ -> {}, Duration.ofSeconds(10));
    }

    // -- Memory ------------------------------------------------------------------------------------------------------

    private static void printMemory() {
        System.out.printf("""

            Peak of the live heap in MB while one event is handled, above what the program itself holds
            records    event    peak
            """);
        for (int size : new int[] {100, 1_000, 10_000}) {
            InMemoryParcels parcels = new InMemoryParcels();
            BenchmarkScans.register(parcels);
            long before = live();
            byte[] json = BenchmarkScans.events(BenchmarkScans.inOrderOfTime().subList(0, size), size)
                    .getFirst();
            System.out.printf(
                    "%,7d %8.1f %7.1f%n", size, json.length / MEGABYTE, (peak(parcels, json) - before) / MEGABYTE);
        }
    }

    /** The peak of live bytes while an event is handled, including the in-memory table. */
    private static long peak(InMemoryParcels parcels, byte[] json) {
        long[] most = {0};
        // The points of the greatest memory use: before the first parcel is written, and when the events are published.
        parcels.before = (call, _) -> {
            if (call.equals("write") && most[0] == 0) {
                most[0] = live();
            }
        };
        EnrichScansHandler handler = handler(parcels, _ -> most[0] = Math.max(most[0], live()));
        KinesisEvent event = read(json);
        try {
            handle(handler, event);
            return most[0];
        } finally {
            // As in the runtime, which may reference both until the function has answered.
            Reference.reachabilityFence(json);
            Reference.reachabilityFence(event);
        }
    }

    /** The live bytes after full collections. */
    private static long live() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    // -- The function ------------------------------------------------------------------------------------------------

    private static EnrichScansHandler handler(Parcels parcels, ParcelEventPublisher publisher) {
        return new EnrichScansHandler(
                new ScanEnricher(
                        parcels,
                        () -> LEVELS,
                        new ParcelAnnouncer(parcels, publisher),
                        new OptimisticAttempts(_ -> {})),
                new InMemoryFailedRecords(),
                new InMemoryWatermarks());
    }

    private static KinesisEvent read(byte[] json) {
        return SERIALIZER.fromJson(new ByteArrayInputStream(json));
    }

    private static void handle(EnrichScansHandler handler, KinesisEvent event) {
        FakeContext context = new FakeContext();
        if (!handler.handleRequest(event, context).getBatchItemFailures().isEmpty()) {
            throw new IllegalStateException("Scans failed, so their time means nothing");
        }
    }
}
