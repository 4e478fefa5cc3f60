package dev.printshop.parcels;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelPlan;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.Watermarks;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.messages.Quoted;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetParcelHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final ParcelId PARCEL = new ParcelId("parcel-7Qm2xWv9Kd");
    private static final ParcelPlan PLAN = new ParcelPlan(
            Optional.of("secret-order"),
            List.of(
                    new ParcelPlan.Stop(Hubs.all().get("FRA"), Instant.parse("2026-11-25T08:00:00Z")),
                    new ParcelPlan.Stop(Hubs.all().get("AMS"), Instant.parse("2026-11-25T20:00:00Z"))),
            Instant.parse("2026-11-26T10:00:00Z"),
            new ConditionLimits(2, 25, 5, 80));
    private static final Scan ARRIVAL =
            scan("1", ScanKind.RECEIVED, "2026-11-25T08:45:30Z", measured(OptionalDouble.of(26.5), 0.5));
    private static final Scan DEPARTURE =
            scan("2", ScanKind.DEPARTED, "2026-11-25T10:00:00Z", measured(OptionalDouble.empty(), 1));
    private static final Scan EXCEPTION = scan("3", ScanKind.EXCEPTION, "2026-11-25T11:00:00.250Z", Condition.UNKNOWN);

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakeContext context = new FakeContext();
    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
    private final GetParcelHandler handler = new GetParcelHandler(parcels, watermarks, () -> this.now);
    private Instant now = Instant.parse("2026-11-25T12:31:12Z");

    @Test
    void parcelOnItsWay_isShownWithItsHistoryAndNothingInternal() {
        // given
        track(Optional.of(PLAN), ARRIVAL, DEPARTURE, EXCEPTION);

        // when
        APIGatewayProxyResponseEvent response = handler.handleRequest(SampleEvents.request("get-parcel.json"), context);

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeaders())
                .isEqualTo(Map.of("Content-Type", "application/json", "Cache-Control", "no-store"));
        assertThat(response.getBody()).isEqualTo("""
            {"parcelId":"parcel-7Qm2xWv9Kd","status":"EXCEPTION","progressPercent":0,"delayMinutes":45,\
            "promisedAt":"2026-11-26T10:00:00Z","projectedArrival":"2026-11-26T10:45:30Z",\
            "condition":{"measuredAt":"2026-11-25T10:00:00Z","temperatureCelsius":null,"shockG":1.0,\
            "humidityPercent":null,"withinLimits":true,"breaches":["TOO_WARM"]},\
            "lastScan":{"scanId":"3","hubCode":"FRA","city":"Frankfurt","kind":"EXCEPTION",\
            "scannedAt":"2026-11-25T11:00:00.250Z"},"history":[\
            {"scanId":"1","hubCode":"FRA","city":"Frankfurt","kind":"RECEIVED",\
            "scannedAt":"2026-11-25T08:45:30Z"},\
            {"scanId":"2","hubCode":"FRA","city":"Frankfurt","kind":"DEPARTED",\
            "scannedAt":"2026-11-25T10:00:00Z"},\
            {"scanId":"3","hubCode":"FRA","city":"Frankfurt","kind":"EXCEPTION",\
            "scannedAt":"2026-11-25T11:00:00.250Z"}],"nextCursor":null}\
            """);
    }

    @Test
    void parcelWhoseArrivalIsHandledDuringTheRequest_isNotSilent() {
        // given a parcel that is hours overdue in Frankfurt, and a stream that is behind
        track(Optional.of(PLAN));
        watermarks.raise(Watermarks.STREAM, Instant.parse("2026-11-25T07:00:00Z"));
        parcels.after = (call, _) -> {
            if (call.equals("track")) {
                parcels.after = (_, _) -> {};
                parcels.keep(List.of(ARRIVAL));
                parcels.write(parcels.get(PARCEL).with(ARRIVAL));
                watermarks.raise(Watermarks.STREAM, now);
            }
        };

        // when the parcel's arrival is handled after the parcel was read
        String response = get(PARCEL.value()).getBody();

        // then
        assertThat(response).contains("\"delayMinutes\":0");
        assertThat(get(PARCEL.value()).getBody()).contains("\"delayMinutes\":45");
    }

    @Test
    void latestMeasurementBeyondALimit_isNotWithinLimits() {
        // given
        track(Optional.of(PLAN), ARRIVAL);

        // then
        assertThat(get(PARCEL.value()).getBody())
                .contains("\"temperatureCelsius\":26.5", "\"withinLimits\":false,\"breaches\":[\"TOO_WARM\"]");
    }

    @Test
    void parcelWithoutAPlan_hasNullForFieldsOfThePlan() {
        // given
        track(Optional.empty(), ARRIVAL);

        // then
        assertThat(get(PARCEL.value()).getBody())
                .startsWith("""
                    {"parcelId":"parcel-7Qm2xWv9Kd","status":"AT_HUB","progressPercent":null,"delayMinutes":null,\
                    "promisedAt":null,"projectedArrival":null,"condition":{\
                    """)
                .contains("\"withinLimits\":null,\"breaches\":null},\"lastScan\":{\"scanId\":\"1\"");
    }

    @Test
    void parcelWithoutScans_hasNullForFieldsOfScans() {
        // given
        track(Optional.of(PLAN));

        // then
        assertThat(get(PARCEL.value()).getBody()).isEqualTo("""
            {"parcelId":"parcel-7Qm2xWv9Kd","status":"REGISTERED","progressPercent":0,"delayMinutes":0,\
            "promisedAt":"2026-11-26T10:00:00Z","projectedArrival":"2026-11-26T10:00:00Z","condition":null,\
            "lastScan":null,"history":[],"nextCursor":null}\
            """);
    }

    @Test
    void deliveredParcel_hasCompletedItsRoute() {
        // given
        track(Optional.empty(), scan("9", ScanKind.DELIVERED, "2026-11-26T09:00:00Z", Condition.UNKNOWN));

        // then
        assertThat(get(PARCEL.value()).getBody())
                .contains("\"status\":\"DELIVERED\",\"progressPercent\":100", "\"condition\":null");
    }

    @Test
    void parcelThatIsMissedAtItsNextStop_isAsLateAsTheStreamWasRead() {
        // given a parcel that was due in Amsterdam at 20:00
        track(Optional.of(PLAN), ARRIVAL, DEPARTURE);
        now = Instant.parse("2026-11-25T23:00:00Z");
        watermarks.raise(Watermarks.STREAM, Instant.parse("2026-11-25T22:00:00Z"));

        // then
        assertThat(get(PARCEL.value()).getBody())
                .contains("\"delayMinutes\":120,")
                .contains("\"projectedArrival\":\"2026-11-26T12:00:00Z\"");
    }

    @Test
    void streamThatIsBehind_makesNoParcelLate() {
        // given
        track(Optional.of(PLAN), ARRIVAL, DEPARTURE);
        now = Instant.parse("2026-11-25T23:00:00Z");
        watermarks.raise(Watermarks.STREAM, Instant.parse("2026-11-25T19:59:00Z"));

        // then
        assertThat(get(PARCEL.value()).getBody()).contains("\"delayMinutes\":45,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1970-01-01T00:00:00Z", "2026-11-26T09:00:00Z", "2026-11-29T11:59:00Z", "2026-11-29T12:30:00Z"})
    void parcelThatIsNotDelivered_isNeverExpectedInThePast(Instant readUpTo) {
        // given
        track(Optional.of(PLAN), ARRIVAL, DEPARTURE);
        now = Instant.parse("2026-11-29T12:00:00.750Z");
        watermarks.raise(Watermarks.STREAM, readUpTo);

        // then
        Instant projected = JsonObject.parse(get(PARCEL.value()).getBody()).instant("projectedArrival");
        assertThat(projected).isAfterOrEqualTo(Instant.parse("2026-11-29T12:00:00Z"));
    }

    @Test
    void deliveredParcel_isShownWithTheTimeOfItsDelivery() {
        // given
        track(Optional.of(PLAN), scan("9", ScanKind.DELIVERED, "2026-11-26T09:00:00Z", Condition.UNKNOWN));
        now = Instant.parse("2026-11-29T12:00:00Z");
        watermarks.raise(Watermarks.STREAM, now);

        // then
        assertThat(get(PARCEL.value()).getBody())
                .contains("\"delayMinutes\":0,", "\"projectedArrival\":\"2026-11-26T09:00:00Z\"");
    }

    @Test
    void longHistory_isAnsweredInPages_newestFirst() {
        // given
        track(
                Optional.of(PLAN),
                IntStream.range(0, 250)
                        .mapToObj(i -> scan(
                                "s-%03d".formatted(i),
                                ScanKind.RECEIVED,
                                Instant.parse("2026-11-25T08:00:00Z")
                                        .plusSeconds(i / 2)
                                        .toString(),
                                Condition.UNKNOWN))
                        .toArray(Scan[]::new));

        // when
        JsonObject newest = page(Map.of());
        JsonObject older = page(Map.of("cursor", newest.text("nextCursor")));
        JsonObject oldest = page(Map.of("cursor", older.text("nextCursor")));

        // then
        assertThat(newest.text("status")).isEqualTo("AT_HUB");
        assertThat(older.has("status")).isFalse();
        assertThat(oldest.has("nextCursor")).isFalse();
        assertThat(Stream.of(oldest, older, newest)
                        .flatMap(page -> page.objects("history").stream())
                        .map(scan -> scan.text("scanId")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 250).mapToObj("s-%03d"::formatted).toList());
        assertThat(newest.objects("history")).hasSize(100);
    }

    private JsonObject page(Map<String, String> query) {
        APIGatewayProxyRequestEvent request =
                SampleEvents.request("get-parcel.json").withQueryStringParameters(query);
        return JsonObject.parse(handler.handleRequest(request, context).getBody());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "%%%",
                "MjAyNi0xMS0yNVQwODowMDowMFo",
                "MjAyNi0xMy0yNVQwODowMDowMFojcy0x",
                "MjAyNi0xMS0yNVQwODowMDowMFojcy0x==",
                "MjAyNi0xMS0yNVQwODowMDowMFojcyAx",
                "MjAyNi0xMS0yNVQwODowMDowMC4wMDBaI3MtMQ",
                "null"
            })
    void cursorOfNoAnswer_isABadRequest(String cursor) {
        track(Optional.of(PLAN), ARRIVAL);
        APIGatewayProxyRequestEvent request =
                SampleEvents.request("get-parcel.json").withQueryStringParameters(Map.of("cursor", cursor));

        assertProblem(
                handler.handleRequest(request, context), 400, "cursor must be the nextCursor of an earlier answer");
    }

    @Test
    void unknownParcel_isNotFound() {
        assertProblem(get("parcel-unknown"), 404, "There is no parcel 'parcel-unknown', or not yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with space", "slash/slash", "quote'\"quote", "ünïcödé-"})
    void malformedId_isABadRequest(String id) {
        assertProblem(
                get(id), 400, "parcelId must be 8 to 64 of the characters A-Z a-z 0-9 _ -, but is " + Quoted.value(id));
    }

    @Test
    void failingTable_isAnInternalErrorWithDetailsOnlyInTheLog() {
        // given
        parcels.before = (_, _) -> {
            throw new IllegalStateException("table secret-table is throttled");
        };

        // when
        APIGatewayProxyResponseEvent response = get(PARCEL.value());

        // then
        assertProblem(response, 500, "The service failed");
        assertThat(response.getBody()).doesNotContain("secret-table");
        assertThat(log.lines()).anyMatch(record -> record.startsWith("ERROR") && record.contains("secret-table"));
        assertThat(log.lines()).noneMatch(record -> record.contains(PARCEL.value()));
    }

    private void track(Optional<ParcelPlan> plan, Scan... scans) {
        Parcel parcel = Parcel.unknown(PARCEL);
        for (Scan scan : scans) {
            parcel = parcel.with(scan);
        }
        if (plan.isPresent()) {
            parcel = parcel.with(plan.get(), List.of(scans));
        }
        parcels.keep(List.of(scans));
        parcels.write(parcel);
    }

    private APIGatewayProxyResponseEvent get(String id) {
        APIGatewayProxyRequestEvent request = SampleEvents.request("get-parcel.json");
        return handler.handleRequest(request.withPathParameters(Map.of("parcelId", id)), context);
    }

    private static void assertProblem(APIGatewayProxyResponseEvent response, int status, String detail) {
        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(response.getHeaders()).containsEntry("Content-Type", "application/problem+json");
        assertThat(JsonObject.parse(response.getBody()).text("detail")).startsWith(detail);
    }

    private static Condition measured(OptionalDouble temperature, double shock) {
        return new Condition(temperature, OptionalDouble.of(shock), OptionalDouble.empty());
    }

    private static Scan scan(String scanId, ScanKind kind, String scannedAt, Condition condition) {
        return new Scan(scanId, PARCEL, Hubs.all().get("FRA"), kind, Instant.parse(scannedAt), condition);
    }
}
