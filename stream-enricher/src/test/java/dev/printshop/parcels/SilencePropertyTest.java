package dev.printshop.parcels;

import static dev.printshop.parcels.KinesisRecords.batch;
import static dev.printshop.parcels.KinesisRecords.failed;
import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.InMemoryFailedRecords;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.InMemoryParcels.Trouble;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelPlan;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanShards;
import dev.printshop.parcels.domain.SilentParcels;
import dev.printshop.parcels.domain.StreamProgress;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.events.ParcelDelayed;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelEventPublisher;
import dev.printshop.shared.events.ParcelId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fails or dies at whichever point, however far the stream is behind and however late a scan comes into it:
 * support hears of each delay that there was, by scan or by silence, and of no silence longer than the stream was read.
 * In the end, nothing is left to announce, and nothing is announced again.
 *
 * <p>All is drawn from the seed, which a failure names: run it alone by putting it in {@link #seeds()}.
 */
class SilencePropertyTest {

    private static final List<ParcelId> IDS =
            List.of(new ParcelId("parcel-1"), new ParcelId("parcel-2"), new ParcelId("parcel-3"));
    private static final List<String> HUBS = List.of("MAD", "FRA", "CPH", "WAW");
    private static final List<ScanKind> KINDS = List.of(ScanKind.Known.values());
    private static final ParcelPlan PLAN = Examples.plan();
    private static final Duration LAST_SCAN = Duration.ofHours(50);

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** The function dies: nothing catches it. */
    private static final class Death extends Error {}

    /** What a call of the world throws when it is throttled. */
    private static final String THROTTLED = "throttled";

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void supportHearsOfEachDelay_andOfNoSilenceThatWasNotRead(long seed) {
        World world = new World(new Random(seed));
        world.live();
        world.recover();
        world.requireAllTold(seed);
        world.requireQuiet(seed);
    }

    /** A record of the stream; a heartbeat has no scan. */
    private record Streamed(KinesisEventRecord streamed, List<Scan> scan, Instant arrival) {}

    /** The deployed functions, with a table, a bus, a stream and a clock that a test can hold. */
    private static final class World implements ScanShards {

        private final Random random;
        private final InMemoryParcels parcels = new InMemoryParcels();
        private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
        private final InMemoryFailedRecords failedRecords = new InMemoryFailedRecords();
        private final FakePublisher bus = new FakePublisher();
        private final FakeContext context = new FakeContext();
        private final EnrichScansHandler enrichScans;
        private final FindSilentParcelsHandler findSilentParcels;
        private final ParcelRegistrar registrar;

        private final List<Scan> scans;
        private final Deque<Streamed> notYetSent = new ArrayDeque<>();
        private final List<Streamed> sent = new ArrayList<>();
        private final Set<ParcelId> planned = new HashSet<>();
        private int read;
        private int number;
        private Instant now = NOON.minus(Duration.ofHours(1));
        private boolean calm;

        private final Map<ParcelId, Duration> leastSilence = new HashMap<>();
        private final Map<ParcelId, Duration> greatestSilence = new HashMap<>();

        World(Random random) {
            this.random = random;
            OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
            ParcelEventPublisher publisher = events -> {
                trouble();
                bus.publish(events);
                trouble();
            };
            ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
            enrichScans = new EnrichScansHandler(
                    new ScanEnricher(parcels, () -> LEVELS, announcer, attempts), failedRecords, watermarks);
            findSilentParcels = new FindSilentParcelsHandler(
                    new StreamProgress(watermarks, this),
                    new SilentParcels(parcels, parcels, () -> LEVELS, announcer, attempts),
                    () -> now);
            registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);
            Trouble ofTheTable = (call, _) -> {
                trouble();
                if (!calm && call.equals("write") && random.nextInt(40) == 0) {
                    throw new ConcurrentChangeException("others were quicker");
                }
            };
            parcels.before = ofTheTable;
            parcels.after = (_, _) -> trouble();
            watermarks.trouble = this::trouble;
            bus.refuses = _ -> !calm && random.nextInt(10) == 0;
            context.remainingMillis = () -> !calm && random.nextInt(40) == 0 ? 0 : 240_000;
            scans = scans();
            send();
        }

        private void trouble() {
            if (!calm) {
                switch (random.nextInt(80)) {
                    case 0, 1 -> throw new TransientFailureException(THROTTLED);
                    case 2 -> throw new Death();
                    default -> {}
                }
            }
        }

        private List<Scan> scans() {
            return IntStream.range(0, random.nextInt(0, 25))
                    .mapToObj(i -> new Scan(
                            "scan-" + i,
                            IDS.get(random.nextInt(IDS.size())),
                            Examples.hub(HUBS.get(random.nextInt(HUBS.size()))),
                            KINDS.get(random.nextInt(KINDS.size())),
                            NOON.plus(Duration.ofMinutes(random.nextLong(LAST_SCAN.toMinutes()))),
                            Condition.UNKNOWN))
                    .toList();
        }

        /** Each scan comes at once, or late, or very late because the scanner was offline; some come twice. */
        private void send() {
            List<Streamed> all = new ArrayList<>();
            Stream.concat(scans.stream(), scans.stream().filter(_ -> random.nextInt(4) == 0))
                    .forEach(scan -> {
                        int most = List.of(2, 2, 2, 90, 3_000).get(random.nextInt(5));
                        Instant arrival = scan.scannedAt().plus(Duration.ofMinutes(random.nextInt(most)));
                        all.add(new Streamed(KinesisRecords.record(number++, scan, arrival), List.of(scan), arrival));
                    });
            all.stream().sorted(Comparator.comparing(Streamed::arrival)).forEach(notYetSent::add);
        }

        @Override
        public List<OpenShard> open() {
            trouble();
            return List.of(new OpenShard("shardId-000000000000", "0"));
        }

        @Override
        public void putHeartbeat(OpenShard shard) {
            trouble();
            sent.add(new Streamed(KinesisRecords.heartbeat(number++, now), List.of(), now));
            trouble();
        }

        void live() {
            Instant end = NOON.plus(LAST_SCAN).plus(Duration.ofHours(24));
            while (now.isBefore(end)) {
                attempt(List.<Runnable>of(this::registerPlan, this::readBatch, this::readBatch, this::search)
                        .get(random.nextInt(4)));
                passTime(Duration.ofMinutes(random.nextInt(60)));
            }
        }

        /** Nothing fails any more; what was left is made up for. */
        void recover() {
            calm = true;
            passTime(Duration.ofDays(2));
            IDS.forEach(id -> registrar.register(Examples.dispatched(id)));
            planned.addAll(IDS);
            for (int round = 0; round < 3; round++) {
                while (read < sent.size()) {
                    readBatch();
                }
                search();
            }
        }

        private void passTime(Duration time) {
            now = now.plus(time);
            while (!notYetSent.isEmpty() && !notYetSent.getFirst().arrival().isAfter(now)) {
                sent.add(notYetSent.removeFirst());
            }
        }

        private void attempt(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException passing) {
                assertThat(List.of(passing.toString(), String.valueOf(passing.getCause())))
                        .anyMatch(text -> text.contains(THROTTLED)
                                || text.contains("others were quicker")
                                || text.contains("the bus throttles")
                                || text.contains("No time left"));
            } catch (Death _) {
                // Whatever was under way is repeated, or not.
            }
        }

        private void registerPlan() {
            ParcelId id = IDS.get(random.nextInt(IDS.size()));
            registrar.register(Examples.dispatched(id));
            planned.add(id);
        }

        /** As the stream does: what failed, and all that follows, comes again, cut in another way. */
        private void readBatch() {
            List<KinesisEventRecord> taken =
                    sent.subList(read, Math.min(sent.size(), read + random.nextInt(1, 8))).stream()
                            .map(Streamed::streamed)
                            .toList();
            if (!taken.isEmpty()) {
                List<String> failed = failed(enrichScans.handleRequest(batch(taken), context));
                read += failed.isEmpty()
                        ? taken.size()
                        : taken.stream()
                                .map(record -> record.getKinesis().getSequenceNumber())
                                .toList()
                                .indexOf(failed.getFirst());
            }
        }

        private void search() {
            Map<ParcelId, List<Scan>> knownBefore = known();
            try {
                Map<String, Object> answer = findSilentParcels.handleRequest(Map.of(), context);
                if (Boolean.TRUE.equals(answer.get("complete"))
                        && Integer.valueOf(0).equals(answer.get("failed"))) {
                    noteSearch(knownBefore, true);
                }
            } finally {
                noteSearch(knownBefore, false);
            }
        }

        private Map<ParcelId, List<Scan>> known() {
            return IDS.stream().collect(Collectors.toMap(id -> id, parcels::scansOf));
        }

        // -- The model: what can and what must have been found silent, from the scans alone
        // ----------------------------

        /**
         * Notes what a search can have found. It knows at least what came before the heartbeat of the watermark, and
         * maybe any of the scans that were kept beyond that.
         */
        private void noteSearch(Map<ParcelId, List<Scan>> kept, boolean succeeded) {
            Instant watermark = watermarks.allReadUntil(now);
            for (ParcelId id : IDS) {
                List<Scan> certain = sent.stream()
                        .filter(record -> !record.arrival().isAfter(watermark))
                        .flatMap(record -> record.scan().stream())
                        .filter(scan -> scan.parcel().equals(id))
                        .toList();
                assertThat(kept.getOrDefault(id, List.of())).containsAll(certain);
                List<Duration> possible = silences(
                        certain,
                        kept.getOrDefault(id, List.of()).stream()
                                .filter(scan -> !certain.contains(scan))
                                .toList(),
                        watermark);
                greatestSilence.merge(
                        id,
                        possible.stream().max(Comparator.naturalOrder()).orElseThrow(),
                        SilencePropertyTest::greater);
                if (succeeded && planned.contains(id)) {
                    leastSilence.merge(
                            id,
                            possible.stream().min(Comparator.naturalOrder()).orElseThrow(),
                            SilencePropertyTest::greater);
                }
            }
        }

        /** How long a parcel was missed for, with the scans that are certain and any of those that may be known. */
        private static List<Duration> silences(List<Scan> certain, List<Scan> maybe, Instant asOf) {
            List<Duration> silences = new ArrayList<>();
            silences.add(silence(certain, asOf));
            for (Scan scan : maybe) {
                silences.add(
                        silence(Stream.concat(certain.stream(), Stream.of(scan)).toList(), asOf));
            }
            silences.add(silence(Stream.concat(certain.stream(), maybe.stream()).toList(), asOf));
            return silences;
        }

        private static Duration silence(List<Scan> known, Instant asOf) {
            if (known.stream().anyMatch(scan -> scan.kind().equals(ScanKind.DELIVERED))) {
                return Duration.ZERO;
            }
            int reached = known.stream()
                    .filter(scan -> stop(scan).isPresent())
                    .max(Comparator.comparing(Scan::scannedAt).thenComparing(Scan::scanId))
                    .map(scan -> stop(scan).getAsInt())
                    .orElse(-1);
            Instant expected = reached + 1 < PLAN.route().size()
                    ? PLAN.route().get(reached + 1).plannedAt()
                    : PLAN.promisedAt();
            return greater(Duration.ZERO, Duration.between(expected, asOf));
        }

        private static OptionalInt stop(Scan scan) {
            return IntStream.range(0, PLAN.route().size())
                    .filter(stop -> PLAN.route().get(stop).hub().equals(scan.hub()))
                    .findFirst();
        }

        private Duration worstScan(ParcelId id) {
            return scans.stream()
                    .filter(scan -> scan.parcel().equals(id))
                    .map(scan -> {
                        if (scan.kind().equals(ScanKind.DELIVERED)) {
                            return Duration.between(PLAN.promisedAt(), scan.scannedAt());
                        }
                        return scan.kind().equals(ScanKind.RECEIVED)
                                        && stop(scan).isPresent()
                                ? Duration.between(
                                        PLAN.route().get(stop(scan).getAsInt()).plannedAt(), scan.scannedAt())
                                : Duration.ZERO;
                    })
                    .reduce(Duration.ZERO, SilencePropertyTest::greater);
        }

        void requireAllTold(long seed) {
            assertThat(failedRecords.kept).as("failure queue, seed %d", seed).isEmpty();
            for (ParcelId id : IDS) {
                Duration worstScan = worstScan(id);
                Duration certain = greater(worstScan, leastSilence.getOrDefault(id, Duration.ZERO));
                Duration possible = greater(worstScan, greatestSilence.getOrDefault(id, Duration.ZERO));
                Set<String> heard = bus.published.stream()
                        .filter(event -> event.parcel().equals(id))
                        .map(ParcelEvent::key)
                        .collect(Collectors.toSet());
                boolean delivered = scans.stream()
                        .anyMatch(
                                scan -> scan.parcel().equals(id) && scan.kind().equals(ScanKind.DELIVERED));
                assertThat(heard).as("told of %s, seed %d", id, seed).containsAll(keys(certain, delivered));
                assertThat(keys(possible, delivered))
                        .as("could be told of %s, seed %d", id, seed)
                        .containsAll(heard);
                assertThat(bus.published.stream()
                                .filter(event -> event.parcel().equals(id))
                                .filter(ParcelDelayed.class::isInstance)
                                .map(event -> ((ParcelDelayed) event).delay()))
                        .as("delays of %s, seed %d", id, seed)
                        .allMatch(delay -> delay.compareTo(possible) <= 0);
                Parcel parcel = parcels.get(id);
                assertThat(parcel.announced())
                        .as("marks of %s, seed %d", id, seed)
                        .isEqualTo(heard);
                assertThat(parcel.unannounced(LEVELS))
                        .as("left of %s, seed %d", id, seed)
                        .isEmpty();
                assertThat(parcel.delivery().isPresent()).isEqualTo(delivered);
            }
        }

        private static Set<String> keys(Duration delay, boolean delivered) {
            Set<String> keys = LEVELS.reachedBy(delay).stream()
                    .map(level -> "DELAYED#" + level)
                    .collect(Collectors.toSet());
            if (delivered) {
                keys.add("DELIVERED");
            }
            return keys;
        }

        /** A search that finds nothing new says nothing and writes nothing. */
        void requireQuiet(long seed) {
            int before = bus.published.size();
            parcels.calls.clear();

            assertThat(findSilentParcels.handleRequest(Map.of(), context).get("found"))
                    .isEqualTo(0);

            assertThat(bus.published).as("told again, seed %d", seed).hasSize(before);
            assertThat(parcels.calls).as("calls, seed %d", seed).doesNotContain("write", "markAnnounced");
        }
    }

    private static Duration greater(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
