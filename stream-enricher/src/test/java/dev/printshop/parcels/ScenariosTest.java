package dev.printshop.parcels;

import static dev.printshop.parcels.KinesisRecords.failed;
import static dev.printshop.parcels.SampleEvents.caseOf;
import static dev.printshop.parcels.SampleEvents.eventOf;
import static dev.printshop.parcels.SampleEvents.part;
import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.LIMITS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import dev.printshop.events.parcels.ParcelEventPublisher;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.aws.EventBridgeParcelEventPublisher;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.DelayLevels;
import dev.printshop.parcels.domain.FakeScanStream;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.InMemoryFailedRecords;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelEvents;
import dev.printshop.parcels.domain.ParcelPlan;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.aws.FakeEventBridge;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.testing.FakeContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regression scenarios, each from the file of its name, against a table and a bus with AWS's limits. */
class ScenariosTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:31:12Z");
    private static final ParcelId PARCEL = new ParcelId("parcel-Aa00000001");
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private final InMemoryDynamoDb dynamoDb =
            new InMemoryDynamoDb("parcelId", "item").withIndex("overdue", "overdueSegment", "overdueAt");
    private final DynamoDbParcels parcels = new DynamoDbParcels(dynamoDb, "parcels", () -> NOW, _ -> {}, CALL_TIMEOUT);
    private final ParcelEventPublisher publisher =
            new EventBridgeParcelEventPublisher(new FakeEventBridge(), "events", _ -> {}, CALL_TIMEOUT);
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final RegisterParcelHandler registerParcel =
            new RegisterParcelHandler(new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts));
    private final InMemoryFailedRecords failedRecords = new InMemoryFailedRecords();
    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
    private final EnrichScansHandler enrichScans = new EnrichScansHandler(
            new ScanEnricher(parcels, () -> LEVELS, announcer, attempts), failedRecords, watermarks);
    private final GetParcelHandler getParcel = new GetParcelHandler(parcels, watermarks, () -> NOW);
    private final FakeContext context = new FakeContext();

    @ParameterizedTest
    @ValueSource(
            strings = {"register-parcel.negative-zero.scenario.json", "register-parcel.promised-in-half-a-year.json"})
    void plan_isRegistered_alsoWhenItIsRepeated_andOutlivesItsPromise(String name) {
        Map<String, Object> file = caseOf(name);
        Map<String, Object> event = file.containsKey("event") ? part(file, "event") : file;

        for (int time = 0; time < 2; time++) {
            assertThat(registerParcel.handleRequest(event, context)).containsEntry("outcome", "REGISTERED");
        }

        Instant promisedAt = JsonObject.of(event).object("detail").utc("promisedAt");
        assertThat(dynamoDb.items())
                .singleElement()
                .satisfies(item -> assertThat(Instant.ofEpochSecond(Long.parseLong(
                                requireNonNull(item.get("expiresAt")).n())))
                        .isAfter(promisedAt));
    }

    /** Such an order id is now refused, and omitted from the events of a parcel that was stored with it. */
    @Test
    void eventsTooLargeTogether_areAnnouncedAll() {
        Map<String, Object> scenario = caseOf("enrich-scans.events-too-large-together.scenario.json");
        JsonObject registered = JsonObject.of(part(scenario, "given")).object("registered");
        List<ParcelPlan.Stop> route = registered.objects("route").stream()
                .map(stop -> new ParcelPlan.Stop(Hubs.all().get(stop.text("hubCode")), stop.utc("plannedAt")))
                .toList();
        String orderId = "o".repeat(registered.integer("orderIdCharacters"));
        store(new ParcelPlan(Optional.of(orderId), route, NOW.plus(Duration.ofDays(1)), LIMITS), PARCEL);

        assertThat(failed(enrichScans.handleRequest(eventOf(scenario, KinesisEvent.class), context)))
                .isEmpty();

        assertThat(failedRecords.kept).isEmpty();
        assertThat(requireNonNull(parcels.find(Set.of(PARCEL)).get(PARCEL)).announced())
                .containsExactlyInAnyOrderElementsOf(
                        JsonObject.of(part(scenario, "expected")).values("announced").stream()
                                .map(Object::toString)
                                .toList());
    }

    @Test
    void hubClosedSince_failsNoParcel() {
        // given
        Map<String, Object> scenario = caseOf("enrich-scans.hub-closed-since.scenario.json");
        List<ParcelId> stored = new ArrayList<>();
        for (JsonObject parcel : JsonObject.of(part(scenario, "given")).objects("stored")) {
            List<ParcelPlan.Stop> route = parcel.values("route").stream()
                    .map(code -> new ParcelPlan.Stop(Hubs.all().stored(code.toString()), NOW))
                    .toList();
            ParcelId id = new ParcelId(parcel.text("parcelId"));
            stored.add(id);
            store(new ParcelPlan(Optional.empty(), route, NOW.plus(Duration.ofDays(1)), LIMITS), id);
        }

        // when
        assertThat(failed(enrichScans.handleRequest(eventOf(scenario, KinesisEvent.class), context)))
                .isEmpty();

        // then
        assertThat(failedRecords.kept).isEmpty();
        assertThat(stored).allSatisfy(id -> {
            assertThat(parcels.history(id)).hasSize(1);
            assertThat(get(id).getStatusCode()).isEqualTo(200);
        });
    }

    @Test
    void scanAWeekOld_isAcceptedAndKept() {
        // given
        Map<String, Object> scenario = caseOf("collect-scans.a-week-old.scenario.json");
        JsonObject given = JsonObject.of(part(scenario, "given"));
        Instant clock = given.instant("clockOfTheFunction");
        FakeScanStream stream = new FakeScanStream();
        CollectScansHandler collectScans = new CollectScansHandler(stream, _ -> {}, Clock.fixed(clock, ZoneOffset.UTC));

        // when
        APIGatewayProxyResponseEvent answer =
                collectScans.handleRequest(eventOf(scenario, APIGatewayProxyRequestEvent.class), context);
        Scan taken = stream.scans.getFirst();
        enrichScans.handleRequest(
                KinesisRecords.batch(List.of(KinesisRecords.record(
                        1,
                        JsonObject.write(ScanJson.write(taken, stream.receipts.getFirst())),
                        given.instant("arrivalInTheStream")))),
                context);

        // then
        assertThat(answer.getBody()).contains("ACCEPTED");
        assertThat(failedRecords.kept).isEmpty();
        assertThat(parcels.history(taken.parcel())).containsExactly(taken);
    }

    @Test
    void longHistory_isAnsweredWithLessThanLambdaReturns() {
        // given
        Map<String, Object> scenario = caseOf("get-parcel.long-history.scenario.json");
        JsonObject history = JsonObject.of(part(scenario, "given")).object("history");
        JsonObject each = history.object("each");
        List<Scan> scans = IntStream.range(0, history.integer("scans"))
                .mapToObj(i -> new Scan(
                        "scan-%030d".formatted(i),
                        PARCEL,
                        Hubs.all().get(each.text("hubCode")),
                        ScanKind.of(each.text("kind")),
                        NOW.minusSeconds(i),
                        Condition.UNKNOWN))
                .toList();
        parcels.keep(scans);
        parcels.write(Parcel.unknown(PARCEL).with(scans.getFirst()));

        // when
        APIGatewayProxyResponseEvent answer =
                getParcel.handleRequest(eventOf(scenario, APIGatewayProxyRequestEvent.class), context);

        // then
        JsonObject expected = JsonObject.of(part(scenario, "expected"));
        assertThat(answer.getStatusCode()).isEqualTo(expected.integer("statusCode"));
        assertThat(answer.getBody().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(Integer.parseInt(expected.text("bytes").replace("below ", "")));
    }

    @Test
    void levelsInOneMinute_areRefused() {
        String levels = JsonObject.of(part(caseOf("alert-support.levels-in-one-minute.scenario.json"), "given"))
                .text("parameterDelayLevels");

        assertThatThrownBy(() -> DelayLevels.parse(levels)).hasMessageContaining("must be whole minutes");
    }

    private void store(ParcelPlan plan, ParcelId id) {
        parcels.write(ParcelEvents.withOverdueAt(Parcel.unknown(id).with(plan, List.of()), LEVELS));
    }

    private APIGatewayProxyResponseEvent get(ParcelId id) {
        return getParcel.handleRequest(
                new APIGatewayProxyRequestEvent()
                        .withHttpMethod("GET")
                        .withPath("/parcels/" + id)
                        .withPathParameters(Map.of("parcelId", id.value())),
                context);
    }
}
