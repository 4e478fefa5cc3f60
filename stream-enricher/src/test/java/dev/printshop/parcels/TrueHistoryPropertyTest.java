package dev.printshop.parcels;

import static dev.printshop.parcels.KinesisRecords.batch;
import static dev.printshop.parcels.KinesisRecords.failed;
import static dev.printshop.parcels.domain.Examples.LEVELS;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.parcels.domain.FailedRecords;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.InMemoryFailedRecords;
import dev.printshop.parcels.domain.InMemoryFailedRecords.Kept;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.InMemoryParcels.Trouble;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the order in which scans and plans arrive, how often each does, how the stream is cut into batches and what
 * fails in between: in the end table and bus have what the true history leads to, once what is in the failure queue was
 * put into the stream again.
 *
 * <p>All is drawn from the seed, which a failure names: run it alone by putting it in {@link #seeds()}.
 */
class TrueHistoryPropertyTest {

    private static final List<ParcelId> IDS =
            List.of(new ParcelId("parcel-1"), new ParcelId("parcel-2"), new ParcelId("parcel-3"));
    private static final List<String> HUBS = List.of("MAD", "FRA", "CPH", "WAW");
    private static final List<ScanKind> KINDS = List.of(ScanKind.Known.values());
    private static final int MAX_BATCH_SIZE = 20;
    private static final String POISON = "{\"scanId\": ";

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** The function dies: nothing catches it, and the stream gets no answer. */
    private static final class Death extends Error {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyCutsOrderFailuresAndRepetitions_endInTheTrueHistory(long seed) {
        // given
        Random random = new Random(seed);
        List<Scan> scans = scans(random);
        InMemoryParcels parcels = new InMemoryParcels();
        FakePublisher publisher = new FakePublisher();
        InMemoryFailedRecords failedRecords = new InMemoryFailedRecords();
        parcels.before = trouble(random);
        parcels.after = trouble(random);
        publisher.refuses = _ -> random.nextInt(10) == 0;
        failedRecords.refuses = _ -> random.nextInt(10) == 0;

        // when
        List<KinesisEventRecord> stream = records(scans, random);
        deliver(stream, parcels, publisher, failedRecords, random);

        // then all that can't be read is kept, and so is what a bug made fail, which is put into the stream again
        List<String> poison = stream.stream()
                .map(streamed -> text(streamed.getKinesis().getData()))
                .filter(POISON::equals)
                .toList();
        List<FailedRecord> failed =
                failedRecords.kept.stream().map(Kept::failed).distinct().toList();
        assertThat(failed.stream().map(record -> text(record.data())).filter(POISON::equals))
                .as("poison, seed %d", seed)
                .hasSize(poison.size());
        parcels.before = (_, _) -> {};
        parcels.after = (_, _) -> {};
        publisher.refuses = _ -> false;
        deliver(
                failed.stream()
                        .map(record -> KinesisRecords.record(0, text(record.data()), record.arrivedAt()))
                        .toList(),
                parcels,
                publisher,
                new InMemoryFailedRecords(),
                new Random(seed));

        // then
        for (ParcelId id : IDS) {
            // Of two scans with the same place, the one that was stored first counts, whichever that is.
            List<Scan> history = parcels.scansOf(id);
            assertThat(scans).as("history, seed %d", seed).containsAll(history);
            assertThat(history.stream().map(Scan::place))
                    .as("places of the history, seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(scans.stream()
                            .filter(scan -> scan.parcel().equals(id))
                            .map(Scan::place)
                            .collect(Collectors.toSet()));
            Parcel expected = Parcel.unknown(id).with(Examples.plan(), history);
            Set<String> keys =
                    expected.unannounced(LEVELS).stream().map(ParcelEvent::key).collect(Collectors.toSet());
            Parcel found = parcels.get(id);
            assertThat(found)
                    .as("parcel, seed %d", seed)
                    .usingRecursiveComparison()
                    .ignoringFields("version", "announced", "overdueAt")
                    .isEqualTo(expected);
            assertThat(found.announced()).as("marks, seed %d", seed).isEqualTo(keys);
            assertThat(publisher.published.stream()
                            .filter(event -> event.parcel().equals(id))
                            .map(ParcelEvent::key)
                            .collect(Collectors.toSet()))
                    .as("events, seed %d", seed)
                    .isEqualTo(keys);
        }
    }

    private static List<Scan> scans(Random random) {
        List<Scan> scans = new ArrayList<>();
        int number = random.nextInt(1, 40);
        for (int scan = 0; scan < number; scan++) {
            scans.add(new Scan(
                    "scan-" + scan,
                    IDS.get(random.nextInt(IDS.size())),
                    Examples.hub(HUBS.get(random.nextInt(HUBS.size()))),
                    KINDS.get(random.nextInt(KINDS.size())),
                    Examples.NOON.plus(Duration.ofMinutes(random.nextInt(3_000))),
                    new Condition(
                            OptionalDouble.of(random.nextDouble(0, 35)),
                            OptionalDouble.empty(),
                            OptionalDouble.of(random.nextInt(100)))));
            if (random.nextInt(10) == 0) {
                scans.add(contradicting(scans.getLast(), random));
            }
        }
        return scans;
    }

    /** A scan with the same place and maybe other content. */
    private static Scan contradicting(Scan scan, Random random) {
        return new Scan(
                scan.scanId(),
                scan.parcel(),
                Examples.hub(HUBS.get(random.nextInt(HUBS.size()))),
                KINDS.get(random.nextInt(KINDS.size())),
                scan.scannedAt(),
                Condition.UNKNOWN);
    }

    private static Trouble trouble(Random random) {
        return (call, _) -> {
            switch (random.nextInt(60)) {
                case 0, 1 -> throw new TransientFailureException("throttled at " + call);
                case 2 -> throw new Death();
                case 3 -> throw new IllegalStateException("a bug at " + call);
                case 4 -> {
                    if (call.equals("write")) {
                        throw new ConcurrentChangeException("others were quicker");
                    }
                }
                default -> {}
            }
        };
    }

    /** As the stream does: what failed, and all that follows, comes again, cut in another way. */
    private static void deliver(
            List<KinesisEventRecord> records,
            InMemoryParcels parcels,
            FakePublisher publisher,
            FailedRecords failedRecords,
            Random random) {
        OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
        ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
        EnrichScansHandler handler = new EnrichScansHandler(
                new ScanEnricher(parcels, () -> LEVELS, announcer, attempts), failedRecords, new InMemoryWatermarks());
        ParcelRegistrar registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);
        FakeContext context = new FakeContext();
        context.remainingMillis = () -> random.nextInt(30) == 0 ? 0 : 90_000;
        List<KinesisEventRecord> stream = new ArrayList<>(records);
        Deque<ParcelId> plans = new ArrayDeque<>(IDS);
        while (!stream.isEmpty() || !plans.isEmpty()) {
            try {
                if (!plans.isEmpty() && random.nextInt(4) == 0) {
                    registrar.register(Examples.dispatched(plans.getFirst()));
                    plans.removeFirst();
                }
                List<KinesisEventRecord> taken =
                        List.copyOf(stream.subList(0, Math.min(stream.size(), random.nextInt(1, MAX_BATCH_SIZE + 1))));
                List<String> failed = failed(handler.handleRequest(batch(taken), context));
                stream.subList(0, handled(taken, failed)).clear();
            } catch (RuntimeException failure) {
                // The plan's delivery is repeated.
                assertThat(failure.getMessage())
                        .containsAnyOf("throttled at", "others were quicker", "a bug at", "the bus throttles");
            } catch (Death _) {
                // Whatever was under way is repeated.
            }
        }
    }

    /** Every scan once or more often, in no order, and some records that nothing can read. */
    private static List<KinesisEventRecord> records(List<Scan> scans, Random random) {
        List<Scan> sent = new ArrayList<>(scans);
        scans.stream().filter(_ -> random.nextInt(3) == 0).forEach(sent::add);
        Collections.shuffle(sent, random);
        List<KinesisEventRecord> records = new ArrayList<>();
        for (Scan scan : sent) {
            records.add(KinesisRecords.record(records.size(), scan, scan.scannedAt()));
            if (random.nextInt(10) == 0) {
                records.add(KinesisRecords.record(records.size(), POISON, scan.scannedAt()));
            }
        }
        return records;
    }

    private static String text(ByteBuffer data) {
        return StandardCharsets.UTF_8.decode(data.duplicate()).toString();
    }

    /** How many of the records stand before the one that failed. */
    private static int handled(List<KinesisEventRecord> taken, List<String> failed) {
        if (failed.isEmpty()) {
            return taken.size();
        }
        return taken.stream()
                .map(streamed -> streamed.getKinesis().getSequenceNumber())
                .toList()
                .indexOf(failed.getFirst());
    }
}
