package dev.printshop.parcels;

import static dev.printshop.parcels.KinesisRecords.batch;
import static dev.printshop.parcels.KinesisRecords.failed;
import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelEventPublisher;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.DelayPolicy;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.InMemoryFailedRecords;
import dev.printshop.parcels.domain.InMemoryFailedRecords.Kept;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelEvents;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanShards;
import dev.printshop.parcels.domain.SilentParcels;
import dev.printshop.parcels.domain.StreamProgress;
import dev.printshop.parcels.domain.SupportAlert;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.idempotency.IdempotentAction;
import dev.printshop.shared.idempotency.InMemoryIdempotencyStore;
import dev.printshop.shared.idempotency.UnknownOutcomeException;
import dev.printshop.shared.testing.FakeContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The result is independent of the order and multiplicity of scans and plans, the lag of shards, the split into
 * batches, and failures at any point: after a redrive of the failure queue, table, bus and support have the result of
 * the true history. Support gets an alert for each delay, by scan or by silence, and for no silence beyond the time up
 * to which the stream was read. No event is left unannounced, and none is announced again.
 *
 * <p>All random values are derived from the seed, which a failure reports: to run it alone, put it in {@link #seeds()}.
 */
class TrueHistoryPropertyTest {

    private static final List<ParcelId> IDS =
            List.of(new ParcelId("parcel-1"), new ParcelId("parcel-2"), new ParcelId("parcel-3"));
    private static final List<String> HUBS = List.of("MAD", "FRA", "CPH", "WAW");
    private static final List<ScanKind> KINDS = List.of(ScanKind.Known.values());
    private static final Duration LAST_SCAN = Duration.ofHours(50);
    private static final String POISON = "{\"scanId\": ";

    /** The messages of injected failures; any other failure fails the test. */
    private static final List<String> EXPECTED_FAILURES = List.of(
            "throttled",
            "a bug",
            "no answer",
            "others were quicker",
            "the bus throttles",
            "No time left",
            "in progress");

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** Simulates the end of the process: no code catches it. */
    private static final class Death extends Error {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyCutsOrderFailuresAndRepetitions_endInTheTrueHistory(long seed) {
        World world = new World(new Random(seed));
        world.live();
        world.recover();
        world.requireTrueHistory(seed);
        world.requireTrueEvents(seed);
        world.requireOneAlertEach(seed);
        world.requireQuiet(seed);
    }

    /** A record of the stream. A heartbeat and poison have no scan. */
    private record Streamed(KinesisEventRecord streamed, ParcelId parcel, Optional<Scan> scan, Instant arrival) {}

    /** A shard, which is read after its parent. */
    private static final class Shard {

        private final String id;
        private final Optional<Shard> parent;
        private final List<Streamed> records = new ArrayList<>();
        private int read;

        Shard(int number, Optional<Shard> parent) {
            this.id = "shardId-%012d".formatted(number);
            this.parent = parent;
        }

        boolean isRead() {
            return read == records.size() && parent.stream().allMatch(Shard::isRead);
        }
    }

    /** The deployed functions, with a table, a bus, a stream, a topic and a clock under the control of the test. */
    private static final class World implements ScanShards {

        private final Random random;
        private final InMemoryParcels parcels = new InMemoryParcels();
        private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
        private final InMemoryFailedRecords failedRecords = new InMemoryFailedRecords();
        private final FakePublisher bus = new FakePublisher();
        private final FakeContext context = new FakeContext();
        private final EnrichScansHandler enrichScans;
        private final FindSilentParcelsHandler findSilentParcels;
        private final AlertSupportHandler alertSupport;
        private final ParcelRegistrar registrar;

        private final List<Scan> scans;
        private final Deque<Streamed> notYetSent = new ArrayDeque<>();
        private final List<Streamed> sent = new ArrayList<>();
        private final List<Shard> shards = new ArrayList<>();
        private final Map<ParcelId, Shard> shardOf = new LinkedHashMap<>();
        private final Set<ParcelId> planned = new HashSet<>();
        private int number;
        private Instant now = NOON.minus(Duration.ofHours(1));
        private boolean calm;

        private final Map<ParcelId, Duration> leastSilence = new HashMap<>();
        private final Map<ParcelId, Duration> greatestSilence = new HashMap<>();

        private int delivered;
        private final List<String> alerts = new ArrayList<>();
        private final List<String> alertsWithoutAnswer = new ArrayList<>();

        World(Random random) {
            this.random = random;
            OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
            ParcelEventPublisher publisher = events -> {
                injectFailure("publish");
                bus.publish(events);
                injectFailure("publish");
            };
            ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
            enrichScans = new EnrichScansHandler(
                    new ScanEnricher(parcels, () -> LEVELS, announcer, attempts), failedRecords, watermarks);
            findSilentParcels = new FindSilentParcelsHandler(
                    new StreamProgress(watermarks, this),
                    new SilentParcels(parcels, parcels, () -> LEVELS, announcer, attempts),
                    () -> now);
            alertSupport = new AlertSupportHandler(
                    this::takeAlert,
                    new IdempotentAction(new InMemoryIdempotencyStore(() -> now), () -> now),
                    "https://shop/parcels");
            registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);
            parcels.before = (call, _) -> injectFailure(call);
            parcels.after = (call, _) -> injectFailure(call);
            watermarks.failure = () -> injectFailure("raise");
            bus.refuses = _ -> !calm && random.nextInt(10) == 0;
            failedRecords.refuses = _ -> !calm && random.nextInt(10) == 0;
            context.remainingMillis = () -> !calm && random.nextInt(40) == 0 ? 0 : 240_000;
            Shard first = new Shard(0, Optional.empty());
            Shard second = new Shard(1, Optional.empty());
            shards.addAll(List.of(first, second));
            IDS.forEach(id -> shardOf.put(id, id.equals(IDS.getFirst()) ? first : second));
            scans = scans();
            send();
        }

        private void injectFailure(String call) {
            if (calm) {
                return;
            }
            switch (random.nextInt(90)) {
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
        }

        private List<Scan> scans() {
            List<Scan> all = new ArrayList<>();
            int most = random.nextInt(25);
            for (int i = 0; i < most; i++) {
                all.add(new Scan(
                        "scan-" + i,
                        IDS.get(random.nextInt(IDS.size())),
                        Examples.hub(HUBS.get(random.nextInt(HUBS.size()))),
                        KINDS.get(random.nextInt(KINDS.size())),
                        NOON.plus(Duration.ofMinutes(random.nextLong(LAST_SCAN.toMinutes()))),
                        random.nextBoolean()
                                ? Condition.UNKNOWN
                                : new Condition(
                                        OptionalDouble.of(random.nextDouble(0, 35)),
                                        OptionalDouble.of(random.nextDouble(0, 9)),
                                        OptionalDouble.of(random.nextInt(100)))));
                if (random.nextInt(10) == 0) {
                    all.add(contradicting(all.getLast()));
                } else if (random.nextInt(4) == 0) {
                    all.add(again(all.getLast(), i));
                }
            }
            return all;
        }

        /** A scan of the same movement, later. */
        private Scan again(Scan scan, int i) {
            return new Scan(
                    "again-" + i,
                    scan.parcel(),
                    scan.hub(),
                    scan.kind(),
                    scan.scannedAt().plus(Duration.ofMinutes(random.nextLong(1, 720))),
                    Condition.UNKNOWN);
        }

        /** A scan with the same place and possibly different content. */
        private Scan contradicting(Scan scan) {
            return new Scan(
                    scan.scanId(),
                    scan.parcel(),
                    Examples.hub(HUBS.get(random.nextInt(HUBS.size()))),
                    KINDS.get(random.nextInt(KINDS.size())),
                    scan.scannedAt(),
                    Condition.UNKNOWN);
        }

        /** Each scan arrives at once, or late, or very late because the scanner was offline; some arrive twice. */
        private void send() {
            List<Streamed> all = new ArrayList<>();
            Stream.concat(scans.stream(), scans.stream().filter(_ -> random.nextInt(4) == 0))
                    .forEach(scan -> {
                        int most = List.of(2, 2, 2, 90, 3_000).get(random.nextInt(5));
                        Instant arrival = scan.scannedAt().plus(Duration.ofMinutes(random.nextInt(most)));
                        all.add(streamed(KinesisRecords.json(scan), scan.parcel(), Optional.of(scan), arrival));
                        if (random.nextInt(10) == 0) {
                            all.add(streamed(POISON, scan.parcel(), Optional.empty(), arrival));
                        }
                    });
            all.stream().sorted(Comparator.comparing(Streamed::arrival)).forEach(notYetSent::add);
        }

        private Streamed streamed(String data, ParcelId parcel, Optional<Scan> scan, Instant arrival) {
            return new Streamed(KinesisRecords.record(number++, data, arrival), parcel, scan, arrival);
        }

        private void put(Streamed record, Shard shard) {
            record.streamed()
                    .setEventID(shard.id + ":" + record.streamed().getKinesis().getSequenceNumber());
            shard.records.add(record);
            sent.add(record);
        }

        // -- The shards ----------------------------------------------------------------------------------------------

        @Override
        public List<OpenShard> open() {
            injectFailure("open");
            return shardOf.values().stream()
                    .distinct()
                    .map(shard -> new OpenShard(shard.id, "0"))
                    .toList();
        }

        @Override
        public void putHeartbeat(OpenShard open) {
            injectFailure("putHeartbeat");
            Shard shard = shards.stream()
                    .filter(each -> each.id.equals(open.id()))
                    .findFirst()
                    .orElseThrow();
            put(new Streamed(KinesisRecords.heartbeat(number++, now), IDS.getFirst(), Optional.empty(), now), shard);
            injectFailure("putHeartbeat");
        }

        /** The second shard, which contains two parcels, is split into one for each. */
        private void split() {
            if (shards.size() == 2) {
                Shard parent = shards.getLast();
                for (ParcelId id : IDS.subList(1, 3)) {
                    Shard child = new Shard(shards.size(), Optional.of(parent));
                    shards.add(child);
                    shardOf.put(id, child);
                }
            }
        }

        // -- What happens --------------------------------------------------------------------------------------------

        void live() {
            Instant end = NOON.plus(LAST_SCAN).plus(Duration.ofHours(24));
            while (now.isBefore(end)) {
                if (random.nextInt(50) == 0) {
                    split();
                }
                attempt(List.<Runnable>of(
                                this::registerPlan,
                                this::search,
                                this::deliverEvent,
                                this::readBatch,
                                this::readBatch,
                                this::readBatch)
                        .get(random.nextInt(6)));
                passTime(Duration.ofMinutes(random.nextInt(40)));
            }
        }

        /** Failures end; all remaining work is completed. */
        void recover() {
            calm = true;
            passTime(Duration.ofDays(2));
            IDS.forEach(id -> registrar.register(Examples.dispatched(id)));
            planned.addAll(IDS);
            redrive();
            for (int round = 0; round < 3; round++) {
                while (!shards.stream().allMatch(Shard::isRead)) {
                    readBatch();
                }
                search();
            }
            while (delivered < bus.published.size()) {
                deliverEvent();
            }
        }

        private void passTime(Duration time) {
            now = now.plus(time);
            while (!notYetSent.isEmpty() && !notYetSent.getFirst().arrival().isAfter(now)) {
                Streamed record = notYetSent.removeFirst();
                put(record, requireNonNull(shardOf.get(record.parcel())));
            }
        }

        private void attempt(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException e) {
                String message = e + String.valueOf(e.getCause());
                assertThat(EXPECTED_FAILURES).as(message).anyMatch(message::contains);
            } catch (Death _) {
                // The interrupted action is retried, or not.
            }
        }

        private void registerPlan() {
            ParcelId id = IDS.get(random.nextInt(IDS.size()));
            registrar.register(Examples.dispatched(id));
            planned.add(id);
        }

        /** Like the stream: the failed record and all later ones are delivered again, in different batches. */
        private void readBatch() {
            Shard shard = shards.get(random.nextInt(shards.size()));
            if (!shard.parent.stream().allMatch(Shard::isRead)) {
                return;
            }
            List<KinesisEventRecord> taken = shard
                    .records
                    .subList(shard.read, Math.min(shard.records.size(), shard.read + random.nextInt(1, 8)))
                    .stream()
                    .map(Streamed::streamed)
                    .toList();
            if (!taken.isEmpty()) {
                List<String> failed = failed(enrichScans.handleRequest(batch(taken), context));
                shard.read += failed.isEmpty()
                        ? taken.size()
                        : taken.stream()
                                .map(record -> record.getKinesis().getSequenceNumber())
                                .toList()
                                .indexOf(failed.getFirst());
            }
        }

        private void search() {
            Map<ParcelId, List<Scan>> knownBefore = IDS.stream().collect(Collectors.toMap(id -> id, parcels::scansOf));
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

        /** Like the bus: failed events are retried, and sometimes a handled event is delivered again. */
        private void deliverEvent() {
            if (delivered == bus.published.size()) {
                return;
            }
            alertSupport.handleRequest(envelope(bus.published.get(random.nextInt(delivered + 1))), context);
            alertSupport.handleRequest(envelope(bus.published.get(delivered)), context);
            delivered++;
        }

        private static Map<String, Object> envelope(ParcelEvent event) {
            return Map.of(
                    "source",
                    ParcelEvent.SOURCE,
                    "detail-type",
                    event.detailType(),
                    "detail",
                    ParcelEventJson.toDetail(event));
        }

        private void takeAlert(SupportAlert alert) {
            injectFailure("send");
            String key = alert.parcel() + " " + alert.key();
            alerts.add(key);
            if (!calm && random.nextInt(10) == 0) {
                alertsWithoutAnswer.add(key);
                throw new UnknownOutcomeException("no answer", new IllegalStateException());
            }
        }

        /** Puts the records of the failure queue into the stream again, except poison. */
        private void redrive() {
            for (FailedRecord failed : List.copyOf(failedRecords.kept).stream()
                    .map(Kept::failed)
                    .filter(failed -> !text(failed.data()).equals(POISON))
                    .toList()) {
                Scan scan = ScanJson.read(failed.data(), failed.arrivedAt());
                KinesisEventRecord again = KinesisRecords.record(number++, text(failed.data()), failed.arrivedAt());
                put(
                        new Streamed(again, scan.parcel(), Optional.of(scan), now),
                        requireNonNull(shardOf.get(scan.parcel())));
            }
        }

        private static String text(ByteBuffer data) {
            return StandardCharsets.UTF_8.decode(data.duplicate()).toString();
        }

        // -- Possible and required silences -----------------------------------------------------------

        /**
         * Records the possible results of a search. Its input contains at least the records before the heartbeat of the
         * watermark that are not in the failure queue, and possibly any later stored scans.
         */
        private void noteSearch(Map<ParcelId, List<Scan>> keptBefore, boolean succeeded) {
            Instant watermark = watermarks.allReadUntil(now);
            Set<String> inTheQueue = Set.copyOf(failedRecords.sequenceNumbers());
            for (ParcelId id : IDS) {
                List<Scan> kept = keptBefore.getOrDefault(id, List.of());
                Set<Scan.Place> places = sent.stream()
                        .filter(record -> !record.arrival().isAfter(watermark))
                        .filter(record -> !inTheQueue.contains(
                                record.streamed().getKinesis().getSequenceNumber()))
                        .flatMap(record -> record.scan().stream())
                        .filter(scan -> scan.parcel().equals(id))
                        .map(Scan::place)
                        .collect(Collectors.toSet());
                assertThat(kept.stream().map(Scan::place)).containsAll(places);
                List<Duration> possible = TrueHistory.silences(
                        kept.stream()
                                .filter(scan -> places.contains(scan.place()))
                                .toList(),
                        kept.stream()
                                .filter(scan -> !places.contains(scan.place()))
                                .toList(),
                        watermark);
                greatestSilence.merge(
                        id, possible.stream().max(Comparator.naturalOrder()).orElseThrow(), TrueHistory::greater);
                if (succeeded && planned.contains(id)) {
                    leastSilence.merge(
                            id, possible.stream().min(Comparator.naturalOrder()).orElseThrow(), TrueHistory::greater);
                }
            }
        }

        // -- Final assertions ----------------------------------------------------------------------------

        void requireTrueHistory(long seed) {
            assertThat(failedRecords.data().stream().filter(POISON::equals).count())
                    .as("poison, seed %d", seed)
                    .isGreaterThanOrEqualTo(sent.stream()
                            .filter(record -> text(record.streamed()
                                            .getKinesis()
                                            .getData())
                                    .equals(POISON))
                            .count());
            for (ParcelId id : IDS) {
                // Of two scans with the same place, the one that was stored first counts.
                List<Scan> history = parcels.scansOf(id);
                assertThat(scans).as("history, seed %d", seed).containsAll(history);
                assertThat(history.stream().map(Scan::place))
                        .as("places of the history, seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(scans.stream()
                                .filter(scan -> scan.parcel().equals(id))
                                .map(Scan::place)
                                .collect(Collectors.toSet()));
                assertThat(parcels.get(id))
                        .as("parcel, seed %d", seed)
                        .usingRecursiveComparison()
                        .ignoringFields("version", "announced", "overdueAt", "silence", "worstSilence")
                        .isEqualTo(Parcel.unknown(id).with(Examples.plan(), history));
                assertThat(parcels.get(id).arrivals())
                        .as("arrivals, seed %d", seed)
                        .isEqualTo(TrueHistory.arrivals(history));
                Duration worstScan = TrueHistory.worstScan(history);
                assertThat(DelayPolicy.worstDelay(parcels.get(id)))
                        .as("greatest delay, seed %d", seed)
                        .isBetween(
                                worstScan,
                                TrueHistory.greater(worstScan, greatestSilence.getOrDefault(id, Duration.ZERO)));
            }
        }

        void requireTrueEvents(long seed) {
            for (ParcelId id : IDS) {
                List<Scan> history = parcels.scansOf(id);
                Duration least = TrueHistory.greater(
                        TrueHistory.worstScan(history), leastSilence.getOrDefault(id, Duration.ZERO));
                Duration greatest = TrueHistory.greater(
                        TrueHistory.worstOf(onceFirst(history)), greatestSilence.getOrDefault(id, Duration.ZERO));
                List<ParcelEvent> published = bus.published.stream()
                        .filter(event -> event.parcel().equals(id))
                        .toList();
                Set<String> announced = published.stream().map(ParcelEvent::key).collect(Collectors.toSet());
                assertThat(announced)
                        .as("announced of %s, seed %d", id, seed)
                        .containsAll(TrueHistory.keys(history, least));
                assertThat(TrueHistory.keys(history, greatest))
                        .as("possible for %s, seed %d", id, seed)
                        .containsAll(announced);
                assertThat(published.stream()
                                .filter(ParcelDelayed.class::isInstance)
                                .map(event -> ((ParcelDelayed) event).delay()))
                        .as("delays of %s, seed %d", id, seed)
                        .allMatch(delay -> delay.compareTo(greatest) <= 0);
                assertThat(parcels.get(id).announced())
                        .as("marks of %s, seed %d", id, seed)
                        .isEqualTo(announced);
                assertThat(ParcelEvents.unannounced(parcels.get(id), LEVELS))
                        .as("left of %s, seed %d", id, seed)
                        .isEmpty();
            }
        }

        /**
         * The scans of a history that can have been the first of their stop, or the first delivery, when they came. An
         * earlier one is certainly known if one of its records, which is not in the failure queue, was sent before.
         */
        private List<Scan> onceFirst(List<Scan> history) {
            Set<String> inTheQueue = Set.copyOf(failedRecords.sequenceNumbers());
            Map<Scan.Place, Integer> firstSent = new HashMap<>();
            Map<Scan.Place, Integer> certainSince = new HashMap<>();
            for (int i = 0; i < sent.size(); i++) {
                int position = i;
                Streamed record = sent.get(i);
                record.scan().map(Scan::place).ifPresent(place -> {
                    firstSent.putIfAbsent(place, position);
                    if (!inTheQueue.contains(record.streamed().getKinesis().getSequenceNumber())) {
                        certainSince.putIfAbsent(place, position);
                    }
                });
            }
            return history.stream()
                    .filter(scan -> TrueHistory.isFirst(
                            scan,
                            history,
                            history.stream()
                                    .filter(other -> certainSince.getOrDefault(other.place(), Integer.MAX_VALUE)
                                            >= firstSent.getOrDefault(scan.place(), 0))
                                    .collect(Collectors.toSet())))
                    .toList();
        }

        /** Messages with an answer; only those whose answer was lost are sent again. */
        void requireOneAlertEach(long seed) {
            List<String> answered = new ArrayList<>(alerts);
            alertsWithoutAnswer.forEach(answered::remove);
            assertThat(answered)
                    .as("alerts, seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(bus.published.stream()
                            .filter(event -> !(event instanceof ParcelDelivered))
                            .map(event -> event.parcel() + " " + event.key())
                            .collect(Collectors.toSet()));
        }

        /** A search without new results announces nothing and writes nothing. */
        void requireQuiet(long seed) {
            int before = bus.published.size();
            parcels.calls.clear();

            assertThat(findSilentParcels.handleRequest(Map.of(), context).get("found"))
                    .isEqualTo(0);

            assertThat(bus.published).as("announced again, seed %d", seed).hasSize(before);
            assertThat(parcels.calls).as("calls, seed %d", seed).doesNotContain("write", "markAnnounced");
        }
    }
}
