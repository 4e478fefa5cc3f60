package dev.printshop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.redrive.Redrive;
import dev.printshop.local.story.HubBoard;
import dev.printshop.local.story.ParcelDesk;
import dev.printshop.local.story.SupportInbox;
import dev.printshop.local.story.SupportInbox.Alert;
import dev.printshop.local.traffic.Fate;
import dev.printshop.local.traffic.Journey;
import dev.printshop.local.traffic.Journey.GeneratedScan;
import dev.printshop.local.traffic.ParcelTraffic;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.domain.DelayPolicy;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.TrackedParcel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Parcels from their scans to their tracking, alerts and failures, in the deployed stack. */
@Tag("end-to-end")
@ExtendWith(LocalCloudExtension.class)
class ParcelPipelineTest {

    private static final Duration WAIT_LIMIT = Duration.ofMinutes(6);
    private static final int PARCELS = 500;
    private static final int PLANS_AFTER_THE_SCANS = 50;
    private static final int POISON_OF_EACH_KIND = 10;

    private Stack stack;
    private ParcelDesk desk;
    private HubBoard hubs;
    private KinesisClient kinesis;
    private S3Client s3;
    private SqsClient sqs;
    private DynamoDbParcels parcels;

    @BeforeEach
    void connect(Stack stack) {
        this.stack = stack;
        this.desk = new ParcelDesk(stack);
        this.hubs = new HubBoard(stack);
        this.kinesis = stack.client(KinesisClient.builder());
        this.s3 = stack.client(S3Client.builder());
        this.sqs = stack.client(SqsClient.builder());
        this.parcels = new DynamoDbParcels(
                stack.client(DynamoDbClient.builder()),
                stack.parcelsTable(),
                Clock.systemUTC(),
                _ -> {},
                Duration.ofSeconds(10));
    }

    /** A record for the stream: a scan, or poison. */
    private record Delivery(String parcelId, String data, Optional<GeneratedScan> scan) {

        static Delivery of(GeneratedScan scan) {
            return new Delivery(scan.parcelId(), json(scan.json()), Optional.of(scan));
        }

        static Delivery ofPoison(String parcelId, String data) {
            return new Delivery(parcelId, data, Optional.empty());
        }
    }

    @Test
    void tenThousandScansOfFiveHundredParcels_withDuplicatesDisorderAndPoison_endInTheTrueState() {
        // given
        endSearchForSilentParcels();
        long linesBefore = linesOfTheLake();
        Random random = new Random(20_261_125);
        Instant start = Instant.now();
        List<Journey> journeys = journeys(start);
        List<Delivery> poison = poison(start);
        List<Delivery> deliveries = deliveries(journeys, random);
        assertThat(deliveries.size()).isGreaterThan(10_000);
        poison.forEach(record -> deliveries.add(random.nextInt(deliveries.size()), record));

        Map<String, String> poisonNumbers;
        try (SupportInbox inbox = new SupportInbox(stack, "parcel-pipeline-inbox")) {
            // when
            desk.dispatch(journeys.subList(PLANS_AFTER_THE_SCANS, PARCELS));
            poisonNumbers = put(deliveries, poison);
            awaitEach(journeys, this::allScansKept);
            desk.dispatch(journeys.subList(0, PLANS_AFTER_THE_SCANS));

            // then
            Map<String, ParcelModel> models = new LinkedHashMap<>();
            journeys.forEach(journey -> models.put(journey.parcelId(), ParcelModel.of(journey)));
            awaitEach(
                    models.entrySet(),
                    entry -> parcel(entry.getKey())
                            .announced()
                            .equals(entry.getValue().announcements()));
            models.forEach((id, model) -> assertThat(known(id)).as(id).isEqualTo(model));
            journeys.stream().limit(5).forEach(journey -> assertTracked(journey, models.get(journey.parcelId())));

            long expectedAlerts = models.values().stream()
                    .flatMap(model -> model.announcements().stream())
                    .filter(key -> !key.equals("DELIVERED"))
                    .count();
            List<Alert> alerts = new ArrayList<>();
            await().atMost(WAIT_LIMIT).pollInterval(Duration.ofSeconds(2)).until(() -> {
                alerts.clear();
                alerts.addAll(inbox.alerts());
                return alerts.size() >= expectedAlerts;
            });
            assertThat(alerts).hasSize((int) expectedAlerts);
            assertThat(alerts).extracting(Alert::message).doesNotHaveDuplicates();
        }

        // and nothing is missing in the hubs' figures and the data lake
        awaitFigures(deliveries, start);
        awaitLines(linesBefore, deliveries);

        // and each poison record is in the failure queue, with its data
        Set<String> failed = new HashSet<>();
        await().atMost(WAIT_LIMIT).pollInterval(Duration.ofSeconds(2)).until(() -> {
            failed.addAll(failedNumbers());
            return failed.size() >= poison.size();
        });
        assertThat(failed).isEqualTo(poisonNumbers.keySet());

        // and a scan with a future time is handled after a redrive when its time has come
        await().atMost(WAIT_LIMIT).until(() -> Instant.now().isAfter(start.plus(Duration.ofMinutes(2))));
        Console silent = new Console(new PrintStream(OutputStream.nullOutputStream()));
        assertThat(new Redrive(sqs, kinesis, stack.client(LambdaClient.builder()), silent)
                        .redrive(stack.scanFailureQueueUrl()))
                .isEqualTo(new Redrive.Result(poison.size(), 0));
        for (int i = 0; i < POISON_OF_EACH_KIND; i++) {
            ParcelId early = new ParcelId("clock-ahead-" + i);
            await().atMost(WAIT_LIMIT).until(() -> parcels.history(early).size() == 1);
        }
    }

    private List<Journey> journeys(Instant now) {
        List<Fate> fates = new ArrayList<>(Collections.nCopies(PARCELS / 2 - 15, Fate.PUNCTUAL));
        fates.addAll(Collections.nCopies(5, Fate.LATE));
        fates.addAll(Collections.nCopies(5, Fate.VERY_LATE));
        fates.addAll(Collections.nCopies(5, Fate.OVERHEATED));
        ParcelTraffic traffic = new ParcelTraffic(now.toEpochMilli(), now);
        List<Journey> journeys = new ArrayList<>(traffic.journeys(fates, 9));
        journeys.addAll(traffic.journeys(fates, 10));
        Collections.shuffle(journeys, new Random(7));
        return journeys;
    }

    /** All scans in the order of time, except every tenth, which is up to two thousand places later; 5 % twice. */
    private static List<Delivery> deliveries(List<Journey> journeys, Random random) {
        record Placed(GeneratedScan scan, long place) {}
        List<GeneratedScan> inOrder = journeys.stream()
                .flatMap(journey -> journey.scans().stream())
                .sorted((a, b) -> a.scannedAt().compareTo(b.scannedAt()))
                .toList();
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            placed.add(new Placed(inOrder.get(i), i + (random.nextInt(10) == 0 ? random.nextInt(2_000) : 0)));
            if (random.nextInt(20) == 0) {
                placed.add(new Placed(inOrder.get(i), i + random.nextInt(2_000)));
            }
        }
        return new ArrayList<>(placed.stream()
                .sorted((a, b) -> Long.compare(a.place(), b.place()))
                .map(each -> Delivery.of(each.scan()))
                .toList());
    }

    private static List<Delivery> poison(Instant now) {
        List<Delivery> poison = new ArrayList<>();
        for (int i = 0; i < POISON_OF_EACH_KIND; i++) {
            poison.add(Delivery.ofPoison("cut-off-" + i, "{\"scanId\": \"scan-%d\", \"parcelId\": ".formatted(i)));
            String parcelId = "clock-ahead-" + i;
            GeneratedScan early =
                    new GeneratedScan("scan-1", parcelId, "FRA", "RECEIVED", now.plus(Duration.ofMinutes(8)), 20);
            poison.add(Delivery.ofPoison(parcelId, json(early.json())));
        }
        return poison;
    }

    /** Puts all records into the stream, and returns the sequence numbers of the poison. */
    private Map<String, String> put(List<Delivery> deliveries, List<Delivery> poison) {
        Map<String, String> numbers = new HashMap<>();
        for (int from = 0; from < deliveries.size(); from += 500) {
            List<Delivery> some = deliveries.subList(from, Math.min(from + 500, deliveries.size()));
            var answer = kinesis.putRecords(put -> put.streamName(stack.scanStreamName())
                    .records(some.stream()
                            .map(delivery -> PutRecordsRequestEntry.builder()
                                    .partitionKey(delivery.parcelId())
                                    .data(SdkBytes.fromUtf8String(delivery.data()))
                                    .build())
                            .toList()));
            assertThat(answer.failedRecordCount()).isZero();
            List<PutRecordsResultEntry> results = answer.records();
            IntStream.range(0, some.size())
                    .filter(i -> poison.contains(some.get(i)))
                    .forEach(i -> numbers.put(
                            results.get(i).sequenceNumber(), some.get(i).parcelId()));
        }
        return numbers;
    }

    /** Waits until the hubs' figures include each scan as often as it was put. */
    private void awaitFigures(List<Delivery> deliveries, Instant since) {
        Map<String, List<Integer>> passed = passedByHub(deliveries);
        await().atMost(WAIT_LIMIT)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(figuresByHub(since)).isEqualTo(passed));
    }

    /** Waits until the data lake has exactly one line for each record of a scan. */
    private void awaitLines(long before, List<Delivery> deliveries) {
        long good = deliveries.stream()
                .filter(delivery -> delivery.scan().isPresent())
                .count();
        await().atMost(WAIT_LIMIT).pollInterval(Duration.ofSeconds(2)).until(() -> linesOfTheLake() >= before + good);
        assertThat(linesOfTheLake()).isEqualTo(before + good);
    }

    /** The number of parcels in and out of each hub, from the stream's records. */
    private static Map<String, List<Integer>> passedByHub(List<Delivery> deliveries) {
        Map<String, List<Integer>> passed = new TreeMap<>();
        for (Delivery delivery : deliveries) {
            delivery.scan()
                    .ifPresent(scan -> passed.merge(
                            scan.hubCode(),
                            switch (scan.kind()) {
                                case "RECEIVED" -> List.of(1, 0);
                                case "DEPARTED", "OUT_FOR_DELIVERY" -> List.of(0, 1);
                                default -> List.of(0, 0);
                            },
                            ParcelPipelineTest::sum));
        }
        return passed;
    }

    private Map<String, List<Integer>> figuresByHub(Instant since) {
        Map<String, List<Integer>> figures = new TreeMap<>();
        hubs.since(since)
                .forEach(figure -> figures.merge(
                        figure.hubCode(), List.of(figure.parcelsIn(), figure.parcelsOut()), ParcelPipelineTest::sum));
        return figures;
    }

    /** The emulator writes an object for each line. */
    private long linesOfTheLake() {
        return s3
                .listObjectsV2Paginator(
                        list -> list.bucket(stack.dataLakeBucket()).prefix("scans/"))
                .contents()
                .stream()
                .count();
    }

    private static List<Integer> sum(List<Integer> a, List<Integer> b) {
        return List.of(a.get(0) + b.get(0), a.get(1) + b.get(1));
    }

    /** Waits for one after the other, so that each poll is one call. */
    private static <T> void awaitEach(Collection<T> all, Predicate<T> condition) {
        Deque<T> pending = new ArrayDeque<>(all);
        await().atMost(WAIT_LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> {
            while (!pending.isEmpty() && condition.test(pending.peek())) {
                pending.remove();
            }
            return pending.isEmpty();
        });
    }

    private boolean allScansKept(Journey journey) {
        return parcels.history(new ParcelId(journey.parcelId())).size()
                == journey.scans().size();
    }

    private Parcel parcel(String id) {
        ParcelId parcelId = new ParcelId(id);
        return parcels.find(Set.of(parcelId)).getOrDefault(parcelId, Parcel.unknown(parcelId));
    }

    /** A parcel's state in the table, in the form of the model. */
    private ParcelModel known(String id) {
        TrackedParcel tracked =
                parcels.track(new ParcelId(id), Optional.empty()).orElseThrow();
        Parcel parcel = tracked.parcel();
        return new ParcelModel(
                parcel.status().orElseThrow().name(),
                parcel.progressPercent(),
                DelayPolicy.currentDelay(parcel).orElseThrow().toMinutes(),
                DelayPolicy.projectedArrival(parcel).orElseThrow(),
                tracked.history().stream().map(Scan::scanId).toList(),
                parcel.announced());
    }

    private void assertTracked(Journey journey, ParcelModel model) {
        Map<String, Object> tracking = desk.track(journey.parcelId()).orElseThrow();

        assertThat(tracking)
                .containsEntry("status", model.status())
                .containsEntry("progressPercent", model.progressPercent())
                .containsEntry("delayMinutes", (int) model.delayMinutes())
                .containsEntry("projectedArrival", model.projectedArrival().toString());
        assertThat((List<?>) tracking.get("history"))
                .extracting(scan -> String.valueOf(((Map<?, ?>) scan).get("scanId")))
                .containsExactlyElementsOf(model.history());
    }

    /** These parcels' day is over; a search while their scans are on the way would correctly find them silent. */
    private void endSearchForSilentParcels() {
        EventBridgeClient eventBridge = stack.client(EventBridgeClient.builder());
        List<String> schedules = eventBridge.listRules(list -> {}).rules().stream()
                .filter(rule -> rule.scheduleExpression() != null && rule.name().endsWith("-find-silent-parcels"))
                .map(rule -> rule.name())
                .toList();
        assertThat(schedules).hasSize(1);
        schedules.forEach(name -> eventBridge.disableRule(disable -> disable.name(name)));
    }

    /** Reads the failure queue without deleting messages. */
    private Set<String> failedNumbers() {
        Set<String> numbers = new HashSet<>();
        List<Message> messages;
        do {
            messages = sqs.receiveMessage(receive -> receive.queueUrl(stack.scanFailureQueueUrl())
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(1))
                    .messages();
            messages.forEach(message -> numbers.add(sequenceNumber(message.body())));
        } while (!messages.isEmpty());
        return numbers;
    }

    private static String sequenceNumber(String message) {
        try {
            Map<?, ?> streamed = (Map<?, ?>) JSON.std.mapFrom(message).get("kinesisRecord");
            assertThat(streamed.get("data"))
                    .as("poison is kept with its data: %s", message)
                    .isInstanceOf(String.class);
            return String.valueOf(streamed.get("sequenceNumber"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(Map<String, Object> fields) {
        try {
            return JSON.std.asString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
