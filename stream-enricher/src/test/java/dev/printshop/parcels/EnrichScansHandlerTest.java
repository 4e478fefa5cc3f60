package dev.printshop.parcels;

import static dev.printshop.parcels.KinesisRecords.batch;
import static dev.printshop.parcels.KinesisRecords.failed;
import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.Record;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.InMemoryFailedRecords;
import dev.printshop.parcels.domain.InMemoryFailedRecords.Kept;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.ParcelStatus;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class EnrichScansHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final ParcelId OTHER = new ParcelId("parcel-2");

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakePublisher publisher = new FakePublisher();
    private final InMemoryFailedRecords failedRecords = new InMemoryFailedRecords();
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final ParcelRegistrar registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);
    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
    private final EnrichScansHandler handler = new EnrichScansHandler(
            new ScanEnricher(parcels, () -> LEVELS, announcer, attempts), failedRecords, watermarks);
    private final FakeContext context = new FakeContext();

    @Test
    void goodBatch_isHandledAsAWhole() {
        assertThat(handle(record(0, 0), record(1, 1), record(2, 2))).isEmpty();

        assertThat(parcels.scansOf(PARCEL)).hasSize(3);
        assertThat(log.lines()).hasSize(3).allSatisfy(line -> assertThat(line).startsWith("INFO Scan enriched {"));
    }

    @Test
    void emptyBatch_isNoFailure() {
        assertThat(handle()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void poison_goesToTheFailureQueueWithItsData_andAllOthersAreHandled(int place) {
        List<KinesisEventRecord> records = new ArrayList<>(List.of(record(0, 0), record(1, 1), record(2, 2)));
        records.set(place, record(place, "{\"scanId\": "));

        assertThat(handle(records)).isEmpty();

        assertThat(parcels.scansOf(PARCEL)).hasSize(2);
        assertThat(failedRecords.kept).singleElement().satisfies(kept -> {
            assertThat(kept.failed())
                    .isEqualTo(new FailedRecord(
                            KinesisRecords.STREAM_ARN,
                            KinesisRecords.SHARD_ID,
                            "number-%04d".formatted(place),
                            "key-" + place,
                            Examples.NOON,
                            records.get(place).getKinesis().getData()));
            assertThat(kept.reason()).hasMessageContaining("not JSON");
        });
        assertThat(failedRecords.data()).containsExactly("{\"scanId\": ");
        assertThat(log.lines())
                .filteredOn(line -> !line.startsWith("INFO"))
                .singleElement()
                .asString()
                .startsWith("ERROR Record is in the failure queue {sequence_number=number-000%d, ".formatted(place));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "\u0000\u0001", "{\"scanId\": 7}"})
    void recordOfAnyNonsense_isPoison(String data) {
        assertThat(handle(record(0, data))).isEmpty();
        assertThat(failedRecords.data()).containsExactly(data);
    }

    @Test
    void poisonThatCantBeKept_isReported_andComesAgain() {
        failedRecords.refuses = _ -> true;

        assertThat(handle(record(0, 0), record(1, "{}"), record(2, 2))).containsExactly("number-0001");
        assertThat(parcels.scansOf(PARCEL)).hasSize(2);
    }

    @Test
    void poisonWithoutTimeToKeepIt_isReported_andComesAgain() {
        context.remainingMillis = () -> 10_999;

        assertThat(handle(record(0, "{}"))).containsExactly("number-0000");
        assertThat(failedRecords.kept).isEmpty();
    }

    @Test
    void poisonBehindATransientFailure_isNotKept_becauseItComesAgain() {
        throttle(PARCEL);

        assertThat(handle(record(0, "{}"), record(1, 1), record(2, "[]"))).containsExactly("number-0001");
        assertThat(failedRecords.sequenceNumbers()).containsExactly("number-0000");
    }

    @Test
    void scanFromTheFuture_isMeasuredAgainstItsArrival_soThatRepetitionsJudgeAlike() {
        KinesisEventRecord early = KinesisRecords.record(
                0, Examples.scan("MAD", ScanKind.RECEIVED, 7), Examples.NOON); // seven minutes before its time

        assertThat(handle(early)).isEmpty();
        assertThat(log.lines().getFirst()).contains("scannedAt must not be in the future");
        assertThat(failedRecords.kept).hasSize(1);
    }

    @Test
    void twoScansOfOneIdAndTime_theFirstCounts_andTheOtherIsLogged() {
        KinesisEvent event = SampleEvents.caseOf("enrich-scans.same-id-and-time.json", KinesisEvent.class);
        ParcelId parcel = new ParcelId("parcel-Aa00000001");

        assertThat(failed(handler.handleRequest(event, context))).isEmpty();

        assertThat(parcels.scansOf(parcel)).singleElement().satisfies(scan -> {
            assertThat(scan.hub().code()).isEqualTo("MAD");
            assertThat(parcels.get(parcel).latestScans()).containsExactly(scan);
        });
        assertThat(failedRecords.kept).isEmpty();
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARN"))
                .containsExactly("WARN Scan is not kept, because one of other content was stored before"
                        + " {correlation_id=scan-0001, scan=scan-0001, parcel=parcel-Aa00000001, hub=FRA,"
                        + " scanned_at=2026-11-25T12:00:00Z}");

        // and the other way round
        InMemoryParcels others = new InMemoryParcels();
        EnrichScansHandler other = new EnrichScansHandler(
                new ScanEnricher(others, () -> LEVELS, new ParcelAnnouncer(others, publisher), attempts),
                failedRecords,
                watermarks);
        other.handleRequest(batch(event.getRecords().reversed()), context);
        assertThat(others.scansOf(parcel)).singleElement().satisfies(scan -> {
            assertThat(scan.hub().code()).isEqualTo("FRA");
            assertThat(others.get(parcel).latestScans()).containsExactly(scan);
        });
    }

    @Test
    void scanThatIsPutAgainAfterThreeDays_isKept_becauseItWasFiveDaysOldWhenItWasReceived() {
        KinesisEvent event = SampleEvents.caseOf("enrich-scans.redriven-after-three-days.json", KinesisEvent.class);
        Record data = event.getRecords().getFirst().getKinesis();
        Map<String, Object> scan = new LinkedHashMap<>(
                ScanJson.write(ScanJson.read(data.getData(), Instant.parse("2026-11-25T12:31:12Z"))));
        scan.put("receivedAt", "2026-11-25T12:31:12Z");
        data.setData(ByteBuffer.wrap(JsonObject.write(scan).getBytes(StandardCharsets.UTF_8)));

        assertThat(failed(handler.handleRequest(event, context))).isEmpty();

        assertThat(failedRecords.kept).isEmpty();
        assertThat(parcels.scansOf(new ParcelId("parcel-Aa00000001"))).hasSize(1);
    }

    @Test
    void throttledParcel_isReportedByItsFirstRecord() {
        throttle(OTHER);

        assertThat(handle(record(0, 0), record(1, OTHER, 1), record(2, 2), record(3, OTHER, 3)))
                .containsExactly("number-0001");
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARN"))
                .containsExactly("WARN Parcel failed {parcel=parcel-2, exception={"
                        + "name=dev.printshop.shared.concurrency.TransientFailureException,"
                        + " message=throttled}}");
        assertThat(failedRecords.kept).isEmpty();
    }

    @Test
    void throttledTable_isReportedByTheBatchsFirstRecord() {
        parcels.before = (_, _) -> {
            throw new TransientFailureException("throttled");
        };

        assertThat(handle(record(0, 0), record(1, 1))).containsExactly("number-0000");
        assertThat(failedRecords.kept).isEmpty();
    }

    @Test
    void parcelWithABug_goesToTheFailureQueueWithTheStackTrace_andTheOthersAreHandled() {
        parcels.before = (call, ids) -> {
            if (call.equals("write") && ids.contains(OTHER)) {
                throw new IllegalStateException("a bug");
            }
        };

        assertThat(handle(record(0, 0), record(1, OTHER, 1), record(2, 2), record(3, OTHER, 3)))
                .isEmpty();

        assertThat(parcels.scansOf(PARCEL)).hasSize(2);
        assertThat(parcels.get(PARCEL).status()).contains(ParcelStatus.AT_HUB);
        assertThat(failedRecords.sequenceNumbers()).containsExactly("number-0001", "number-0003");
        assertThat(failedRecords.kept)
                .extracting(Kept::reason)
                .allSatisfy(reason -> assertThat(reason).hasMessage("a bug"));
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("ERROR Parcel failed {parcel=parcel-2, "))
                .singleElement()
                .asString()
                .contains("name=java.lang.IllegalStateException, message=a bug")
                .contains("\tat dev.printshop.parcels.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"find", "keep", "markAnnounced"})
    void bugThatOneParcelCausesInACallForAll_failsThatOneOnly(String bad) {
        registrar.register(dispatched());
        registrar.register(dispatched(OTHER));
        parcels.before = (call, ids) -> {
            if (call.equals(bad) && ids.contains(OTHER)) {
                throw new IllegalStateException("a bug");
            }
        };

        assertThat(handle(record(0, 150), record(1, OTHER, 150), record(2, 151)))
                .isEmpty();

        assertThat(failedRecords.sequenceNumbers()).containsExactly("number-0001");
        assertThat(parcels.scansOf(PARCEL)).hasSize(2);
        assertThat(parcels.get(PARCEL).announced()).isNotEmpty();
    }

    @Test
    void bugInACallForAll_withoutTimeToTryEachParcelAlone_isBroughtAgain() {
        context.remainingMillis = () -> parcels.calls.contains("keep") ? 70_999 : 71_000;
        parcels.before = (call, ids) -> {
            if (call.equals("keep")) {
                throw new IllegalStateException("a bug");
            }
        };

        assertThat(handle(record(0, 0), record(1, OTHER, 1))).containsExactly("number-0000");

        assertThat(parcels.calls).filteredOn("keep"::equals).hasSize(1);
        assertThat(failedRecords.kept).isEmpty();
        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line).contains("message=No time left to retry the parcel alone"));
    }

    @Test
    void bugOfThePackage_goesToTheFailureQueue() {
        parcels.before = (_, _) -> {
            throw new NoClassDefFoundError("dev/printshop/Gone");
        };

        assertThat(handle(record(0, 0))).isEmpty();
        assertThat(failedRecords.sequenceNumbers()).containsExactly("number-0000");
    }

    @Test
    void delayLevelsThatCantBeReadNow_areReportedByTheBatchsFirstRecord() {
        assertThat(handleWithLevelsThatFail(new TransientFailureException("the Parameter Store throttles")))
                .containsExactly("number-0000");
        assertThat(failedRecords.kept).isEmpty();
    }

    @Test
    void bugThatMeetsAllParcels_sendsAllRecordsToTheFailureQueue() {
        assertThat(handleWithLevelsThatFail(new IllegalStateException("a bug"))).isEmpty();
        assertThat(failedRecords.sequenceNumbers()).containsExactly("number-0000", "number-0001");
    }

    private List<String> handleWithLevelsThatFail(RuntimeException failure) {
        EnrichScansHandler withoutLevels = new EnrichScansHandler(
                new ScanEnricher(
                        parcels,
                        () -> {
                            throw failure;
                        },
                        announcer,
                        attempts),
                failedRecords,
                watermarks);
        return failed(withoutLevels.handleRequest(batch(List.of(record(0, 0), record(1, OTHER, 1))), context));
    }

    private void throttle(ParcelId parcel) {
        parcels.before = (call, ids) -> {
            if (call.equals("write") && ids.contains(parcel)) {
                throw new TransientFailureException("throttled");
            }
        };
    }

    @Test
    void refusedEvents_areReportedByTheFirstRecordOfTheirParcel() {
        registrar.register(dispatched());
        registrar.register(dispatched(OTHER));
        publisher.refuses = event -> event.parcel().equals(OTHER);

        assertThat(handle(record(0, 150), record(1, OTHER, 150))).containsExactly("number-0001");
        assertThat(parcels.get(PARCEL).announced()).isNotEmpty();
    }

    @Test
    void timeThatRunsOutInMidBatch_leavesTheRestToBeBroughtAgain() {
        // given time for fifty of a hundred parcels
        context.remainingMillis =
                () -> parcels.calls.stream().filter("write"::equals).count() < 50 ? 41_000 : 40_999;
        List<KinesisEventRecord> records = IntStream.range(0, 100)
                .mapToObj(i -> record(i, new ParcelId("parcel-%03d".formatted(i)), 0))
                .toList();

        // when, then
        assertThat(handle(records)).containsExactly("number-0050");
        assertThat(parcels.calls).filteredOn("write"::equals).hasSize(50);
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARN"))
                .hasSize(50)
                .contains("WARN Parcel failed {parcel=parcel-050, exception={"
                        + "name=dev.printshop.shared.concurrency.NoTimeLeftException, message=No time left}}");

        // when they are retried, with time for all
        context.remainingMillis = () -> 90_000;

        // then
        assertThat(handle(records.subList(50, 100))).isEmpty();
        assertThat(parcels.get(new ParcelId("parcel-099")).status()).contains(ParcelStatus.AT_HUB);
    }

    @Test
    void lateScan_isAnnounced() {
        registrar.register(dispatched());

        handle(record(0, PARCEL, "FRA", 7 * 60));

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M");
    }

    @Test
    void heartbeat_isNoPoison_andRaisesItsShardsWatermark() {
        assertThat(handle(record(0, 0), KinesisRecords.heartbeat(1, NOON.plusSeconds(5)), record(2, 1)))
                .isEmpty();

        assertThat(parcels.scansOf(PARCEL)).hasSize(2);
        assertThat(watermarks.all()).isEqualTo(Map.of("shardId-000000000000", NOON.plusSeconds(5)));
    }

    @Test
    void heartbeatAfterARecordThatIsToRetry_raisesNothing_andTheOneBeforeDoes() {
        throttle(PARCEL);

        assertThat(handle(
                        KinesisRecords.heartbeat(0, NOON),
                        record(1, 0),
                        KinesisRecords.heartbeat(2, NOON.plusSeconds(5))))
                .containsExactly("number-0001");

        assertThat(watermarks.all()).containsValue(NOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessDeniedException",
                "ResourceNotFoundException",
                "ExpiredTokenException",
                "KMSDisabledException"
            })
    void faultOfTheEnvironment_isReported_andNoWatermarkPassesIt(String code) {
        parcels.before = (call, _) -> {
            if (call.equals("write")) {
                throw DynamoDbException.builder()
                        .statusCode(400)
                        .awsErrorDetails(
                                AwsErrorDetails.builder().errorCode(code).build())
                        .build();
            }
        };

        assertThat(handle(record(0, 0), KinesisRecords.heartbeat(1, NOON), record(2, OTHER, 1)))
                .containsExactly("number-0000");

        assertThat(failedRecords.kept).isEmpty();
        assertThat(watermarks.all()).isEmpty();
    }

    @Test
    void heartbeatThatComesAgain_doesNotLowerTheWatermark() {
        handle(KinesisRecords.heartbeat(0, NOON), KinesisRecords.heartbeat(1, NOON.plusSeconds(5)));
        handle(KinesisRecords.heartbeat(0, NOON));

        assertThat(watermarks.all()).containsValue(NOON.plusSeconds(5));
    }

    @Test
    void watermarkThatCannotBeRaised_failsNoScan() {
        watermarks.failure = () -> {
            throw new IllegalStateException("throttled");
        };

        assertThat(handle(record(0, 0), KinesisRecords.heartbeat(1, NOON))).isEmpty();
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARN"))
                .singleElement()
                .asString()
                .startsWith("WARN The watermark could not be raised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"heartbeat\": true}", "{\"heartbeat\":false}", "{\"heartbeat\":true,\"scanId\":\"1\"}"})
    void whatOnlyLooksLikeAHeartbeat_isPoison(String data) {
        assertThat(handle(record(0, data))).isEmpty();
        assertThat(failedRecords.sequenceNumbers()).containsExactly("number-0000");
        assertThat(watermarks.all()).isEmpty();
    }

    private List<String> handle(KinesisEventRecord... records) {
        return handle(List.of(records));
    }

    private List<String> handle(List<KinesisEventRecord> records) {
        return failed(handler.handleRequest(batch(records), context));
    }

    private static KinesisEventRecord record(int number, long minutes) {
        return record(number, PARCEL, minutes);
    }

    private static KinesisEventRecord record(int number, ParcelId parcel, long minutes) {
        return record(number, parcel, "MAD", minutes);
    }

    private static KinesisEventRecord record(int number, ParcelId parcel, String hub, long minutes) {
        return KinesisRecords.record(
                number,
                Examples.scan(parcel, hub, ScanKind.RECEIVED, minutes),
                Examples.NOON.plus(Duration.ofMinutes(minutes)));
    }

    private static KinesisEventRecord record(int number, String data) {
        return KinesisRecords.record(number, data, Examples.NOON);
    }
}
