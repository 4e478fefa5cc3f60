package dev.printshop.parcels;

import static dev.printshop.parcels.SampleEvents.event;
import static dev.printshop.parcels.SampleEvents.part;
import static dev.printshop.parcels.SampleEvents.primingEvent;
import static dev.printshop.parcels.domain.Examples.LEVELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisFirehoseEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.FakeScanShards;
import dev.printshop.parcels.domain.HubCounter;
import dev.printshop.parcels.domain.HubTally;
import dev.printshop.parcels.domain.InMemoryFailedRecords;
import dev.printshop.parcels.domain.InMemoryHubFigures;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.SilentParcels;
import dev.printshop.parcels.domain.StreamProgress;
import dev.printshop.parcels.domain.SupportAlert;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.idempotency.AlreadyInProgressException;
import dev.printshop.shared.idempotency.IdempotencyStore;
import dev.printshop.shared.idempotency.IdempotentAction;
import dev.printshop.shared.idempotency.InMemoryIdempotencyStore;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sample events, deserialised as by the runtime, have the effects described in events/README.md. */
class ParcelSampleEventsTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final ParcelId PARCEL = new ParcelId("parcel-7Qm2xWv9Kd");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakePublisher publisher = new FakePublisher();
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final InMemoryFailedRecords failedRecords = new InMemoryFailedRecords();
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
    private final FakeScanShards shards = new FakeScanShards();
    private final EnrichScansHandler enrichScans = new EnrichScansHandler(
            new ScanEnricher(parcels, () -> LEVELS, announcer, attempts), failedRecords, watermarks);
    private final RegisterParcelHandler registerParcel =
            new RegisterParcelHandler(new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts));
    private final FindSilentParcelsHandler findSilentParcels = new FindSilentParcelsHandler(
            new StreamProgress(watermarks, shards),
            new SilentParcels(parcels, parcels, () -> LEVELS, announcer, attempts),
            () -> this.now);
    private Instant now = NOW;
    private final List<SupportAlert> alerts = new ArrayList<>();
    private final IdempotencyStore store = new InMemoryIdempotencyStore(() -> NOW);
    private final AlertSupportHandler alertSupport =
            new AlertSupportHandler(alerts::add, new IdempotentAction(store, () -> NOW), "https://shop/parcels");
    private final InMemoryHubFigures figures = new InMemoryHubFigures();
    private final AggregateHubsHandler aggregateHubs =
            new AggregateHubsHandler(new HubCounter(parcels, figures, attempts));
    private final FormatScansHandler formatScans = new FormatScansHandler();
    private final FakeContext context = new FakeContext();

    @Test
    void plan_isRegistered_alsoWhenItIsRepeated() {
        for (int time = 0; time < 2; time++) {
            assertThat(registerParcel.handleRequest(event("register-parcel.json"), context))
                    .isEqualTo(Map.of("parcelId", "parcel-7Qm2xWv9Kd", "outcome", "REGISTERED"));
        }
        assertThat(log.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith("INFO Plan handled {")
                        .contains("parcel=parcel-7Qm2xWv9Kd", "outcome=REGISTERED"));
    }

    @Test
    void otherPlan_isALogRecord() {
        registerParcel.handleRequest(event("register-parcel.json"), context);
        Map<String, Object> other = event("register-parcel.json");
        Map<String, Object> detail =
                ParcelEventJson.toDetail(ParcelEventJson.dispatchedFromEnvelope(JsonObject.of(other)));
        detail.put("promisedAt", "2026-11-30T12:00:00Z");
        other.put("detail", detail);

        assertThat(registerParcel.handleRequest(other, context)).containsEntry("outcome", "OTHER_PLAN_KEPT");
        assertThat(log.lines().getLast()).startsWith("WARN");
    }

    @Test
    void planWithALimitBeyondTheTable_isRefusedByItsName() {
        assertThatThrownBy(() -> registerParcel.handleRequest(
                        SampleEvents.caseOf("register-parcel.limit-beyond-the-table.json"), context))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.conditionLimits.maxTemperatureCelsius' must be -100.0 to 100.0,"
                        + " but is 1.0E300");
    }

    @Test
    void planWithAVersionWrittenWithAPoint_isRegistered() {
        assertThat(registerParcel.handleRequest(
                        SampleEvents.caseOf("register-parcel.version-with-a-point.json"), context))
                .containsEntry("outcome", "REGISTERED");
    }

    @Test
    void planOfOneStop_isRefused() {
        assertThatThrownBy(() -> registerParcel.handleRequest(event("register-parcel.poison.json"), context))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("route must have 2 to 20 stops, but has 1");
    }

    @Test
    void scans_areHandled_andWithAPlanThreeAlertsFollow() {
        registerParcel.handleRequest(event("register-parcel.json"), context);

        assertThat(enrich("enrich-scans.json")).isEmpty();

        assertThat(parcels.scansOf(PARCEL)).hasSize(3);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H", "BREACHED#TOO_WARM");
    }

    @Test
    void scansThatPrimeEnrichScans_takeItsWholePath_alsoThatOfAHeartbeat() {
        registerParcel.handleRequest(event("register-parcel.json"), context);

        enrichScans.handleRequest(primingEvent(EnrichScansHandler.class, KinesisEvent.class), context);

        assertThat(parcels.scansOf(PARCEL)).hasSize(3);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H", "BREACHED#TOO_WARM");
        assertThat(watermarks.all()).containsOnlyKeys("shardId-000000000000");
    }

    @Test
    void poisonAmongScans_goesToTheFailureQueue_andTheOthersAreHandled() {
        assertThat(enrich("enrich-scans.poison.json")).isEmpty();
        assertThat(failedRecords.sequenceNumbers())
                .containsExactly("49590338271490256608559692538361571095921575989136588899");
        assertThat(parcels.scansOf(PARCEL)).hasSize(2);
    }

    @Test
    void scans_becomeLinesOfTheDataLake() {
        assertThat(format("format-scans.json"))
                .extracting(answer -> answer.object("metadata").object("partitionKeys"))
                .extracting(keys -> keys.text("day") + " " + keys.text("hub"))
                .containsExactly("2026-11-22 MAD", "2026-11-22 MAD", "2026-11-23 FRA");
    }

    @Test
    void poisonAmongScans_becomesNoLine() {
        assertThat(format("format-scans.poison.json"))
                .extracting(answer -> answer.text("result"))
                .containsExactly("Ok", "ProcessingFailed", "Ok");
    }

    @Test
    void delay_isReportedOnce() {
        assertThat(alertSupport.handleRequest(event("alert-support.json"), context))
                .containsEntry("outcome", "SENT");
        assertThat(alertSupport.handleRequest(event("alert-support.json"), context))
                .containsEntry("outcome", "SENT_BEFORE");
        assertThat(alertSupport.handleRequest(event("alert-support.breach.json"), context))
                .containsEntry("outcome", "SENT");
        assertThat(alerts)
                .extracting(SupportAlert::subject)
                .containsExactly(
                        "Parcel parcel-7Qm2xWv9Kd was 2 h 40 min late", "Parcel parcel-7Qm2xWv9Kd was too warm");
    }

    @Test
    void parcelsId_isInTheLog_soThatSupportCanFollowIt() {
        alertSupport.handleRequest(SampleEvents.caseOf("alert-support.parcel-id-in-the-log.json"), context);

        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("INFO Alert handled {")
                .contains("parcel=parcel-Aa00000001", "type=DELAYED#PT30M", "outcome=SENT");
        assertThat(log.metricLines()).containsExactly("AlertsSent{Service=test} 1.0");
    }

    @Test
    void alertInProgressElsewhere_isLeftToARetry() {
        store.saveInProgress("ALERT#parcel-7Qm2xWv9Kd#DELAYED#PT2H", NOW.plusSeconds(30));

        assertThatThrownBy(() -> alertSupport.handleRequest(event("alert-support.json"), context))
                .isInstanceOf(AlreadyInProgressException.class);
        assertThat(alerts).isEmpty();
    }

    @Test
    void schedule_findsSilentParcels() {
        registerParcel.handleRequest(event("register-parcel.json"), context);
        watermarks.raise("shardId-000000000000", NOW);

        assertThat(findSilentParcels.handleRequest(event("find-silent-parcels.json"), context))
                .isEqualTo(Map.of("found", 1, "failed", 0, "complete", true, "readUpTo", "2026-11-25T12:00:00Z"));
        assertThat(findSilentParcels.handleRequest(event("find-silent-parcels.json"), context))
                .containsEntry("found", 0);
        assertThat(shards.heartbeats).hasSize(2);
    }

    @Test
    void unknownStream_makesNoParcelSilent_andIsLogged() {
        registerParcel.handleRequest(event("register-parcel.json"), context);

        assertThat(findSilentParcels.handleRequest(event("find-silent-parcels.json"), context))
                .isEqualTo(Map.of("found", 0, "failed", 0, "complete", true, "readUpTo", "unknown"));

        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "WARN No parcel counts as silent after the time up to which the scan stream was read")
                        .contains("read_up_to=unknown"));
    }

    @Test
    void streamThatIsBehind_makesNoParcelSilent() {
        // given a scan that arrived at 11:58 and is not read yet, and heartbeats of every five minutes
        Map<String, Object> scenario = SampleEvents.caseOf("find-silent-parcels.stream-behind.scenario.json");
        Map<String, Object> given = part(scenario, "given");
        Map<String, Object> waiting = part(given, "inTheStreamButNotYetHandled");
        Instant arrival = JsonObject.of(waiting).instant("arrival");
        registerParcel.handleRequest(part(given, "registered"), context);
        watermarks.raise("shardId-000000000000", arrival.minusSeconds(60));
        now = JsonObject.of(given).instant("clockOfTheFunction");

        // when
        findSilentParcels.handleRequest(part(scenario, "event"), context);

        // then
        assertThat(publisher.published).isEmpty();

        // and when the stream is read
        KinesisEventRecord record = KinesisRecords.record(1, JsonObject.write(part(waiting, "record")), arrival);
        enrichScans.handleRequest(KinesisRecords.batch(List.of(record, KinesisRecords.heartbeat(2, now))), context);
        findSilentParcels.handleRequest(part(scenario, "event"), context);

        // then
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void heartbeatThatIsNotTaken_failsTheFunction_afterTheSearch() {
        registerParcel.handleRequest(event("register-parcel.json"), context);
        watermarks.raise("shardId-000000000000", NOW);
        shards.down = Set.of("shardId-000000000000");

        assertThatThrownBy(() -> findSilentParcels.handleRequest(event("find-silent-parcels.json"), context))
                .hasMessage("1 calls failed for the stream or the search");
        assertThat(publisher.published).isNotEmpty();
    }

    @Test
    void searchWithoutTime_saysThatItIsNotComplete() {
        registerParcel.handleRequest(event("register-parcel.json"), context);
        watermarks.raise("shardId-000000000000", NOW);
        context.remainingMillis = () -> 100_999;

        assertThat(findSilentParcels.handleRequest(event("find-silent-parcels.json"), context))
                .containsEntry("complete", false);
    }

    @Test
    void scansOfAMinute_areCounted_andKeptWhenItIsOver() {
        // given
        registerParcel.handleRequest(event("register-parcel.json"), context);

        // when
        TimeWindowEventResponse counted =
                aggregateHubs.handleRequest(event("aggregate-hubs.json", KinesisTimeWindowEvent.class), context);
        KinesisTimeWindowEvent end = event("aggregate-hubs.end.json", KinesisTimeWindowEvent.class);

        // then
        assertThat(counted.getState()).isEqualTo(end.getState());
        assertThat(aggregateHubs.handleRequest(end, context)).isEqualTo(counted);
        HubTally frankfurt =
                figures.find("FRA", Instant.parse("2026-11-23T09:15:00Z")).total();
        assertThat(frankfurt.parcelsIn()).isOne();
        assertThat(frankfurt.meanDelayMinutes()).hasValue(160);
    }

    private List<JsonObject> format(String sample) {
        KinesisFirehoseEvent event = event(sample, KinesisFirehoseEvent.class);
        return JsonObject.of(formatScans.handleRequest(event, context)).objects("records");
    }

    private List<String> enrich(String sample) {
        KinesisEvent event = event(sample, KinesisEvent.class);
        return enrichScans.handleRequest(event, context).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
