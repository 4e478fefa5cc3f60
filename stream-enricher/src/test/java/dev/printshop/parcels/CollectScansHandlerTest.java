package dev.printshop.parcels;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.parcels.domain.FakeScanStream;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectScansHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final Instant NOW = Instant.parse("2026-11-25T12:31:12Z");

    private final FakeScanStream stream = new FakeScanStream();
    private final FakeContext context = new FakeContext();
    private final CollectScansHandler handler =
            new CollectScansHandler(stream, _ -> {}, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void sampleEvent_isAnsweredForEachScan() {
        // when
        APIGatewayProxyResponseEvent response =
                handler.handleRequest(SampleEvents.request("collect-scans.json"), context);

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeaders())
                .isEqualTo(Map.of("Content-Type", "application/json", "Cache-Control", "no-store"));
        assertThat(response.getBody())
                .startsWith("{\"results\":[{\"scanId\":\"scan-0001\",\"status\":\"ACCEPTED\"},"
                        + "{\"scanId\":\"scan-0002\",\"status\":\"ACCEPTED\"},"
                        + "{\"scanId\":\"scan-0003\",\"status\":\"REJECTED\",\"reason\":\"hubCode must be one of [AMS")
                .endsWith("but is 'XYZ'\"},"
                        + "{\"scanId\":\"scan-0004\",\"status\":\"REJECTED\","
                        + "\"reason\":\"hubCode must be FRA, the hub of the API key, but is MAD\"}]}");
        assertThat(stream.scans).extracting(Scan::scanId).containsExactlyInAnyOrder("scan-0001", "scan-0002");
    }

    @Test
    void bodyWithInvalidBase64_isABadRequest() {
        // when
        APIGatewayProxyResponseEvent response = handler.handleRequest(
                SampleEvents.caseOf("collect-scans.not-base64.json", APIGatewayProxyRequestEvent.class), context);

        // then
        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(stream.scans).isEmpty();
    }

    @Test
    void bodyOfTwoDocuments_isABadRequest_andNothingIsPut() {
        // when
        APIGatewayProxyResponseEvent response = handler.handleRequest(
                SampleEvents.caseOf("collect-scans.two-documents.json", APIGatewayProxyRequestEvent.class), context);

        // then
        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(response.getBody()).contains("goes on after it: line 2");
        assertThat(stream.scans).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7                                                       | A scan must be a JSON object
            null                                                    | A scan must be a JSON object
            {}                                                      | Field 'scanId' is missing
            {"scanId": 7}                                           | Field 'scanId' must be a text, but is 7
            """)
    void entryWithoutAReadableId_isIdentifiedByItsIndex(String entry, String reason) {
        // when
        APIGatewayProxyResponseEvent response =
                post("{\"scans\": [%s, %s]}".formatted(scan("good", "p-000001"), entry));

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        JsonObject result = results(response).get(1);
        assertThat(result.integer("index")).isEqualTo(1);
        assertThat(result.has("scanId")).isFalse();
        assertThat(result.text("status")).isEqualTo("REJECTED");
        assertThat(result.text("reason")).isEqualTo(reason);
        assertThat(stream.scans).extracting(Scan::scanId).containsExactly("good");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "hubCode": "FRA" | "hubCode": "fra" | hubCode must be one of
            "kind": "RECEIVED" | "kind": "LOST" | Field 'kind' must be one of
            "scannedAt": "2026-11-25T12:30:00Z" | "scannedAt": "2026-11-25T12:36:13Z" | must not be in the future
            "scannedAt": "2026-11-25T12:30:00Z" | "scannedAt": "2026-11-18T12:31:11Z" | at most 7 days ago
            "scannedAt": "2026-11-25T12:30:00Z" | "scannedAt": "12:30" | an ISO 8601 instant
            "parcelId": "p-000001" | "parcelId": "short" | 8 to 64 of the characters
            "scannedAt": | "condition": {"temperatureCelsius": 101}, "scannedAt": | must be -100
            "scannedAt": | "condition": [], "scannedAt": | Field 'condition' must be an object
            """)
    void scanThatBreaksARule_isRejectedWithTheReason(String right, String wrong, String reason) {
        // given
        String broken = scan("bad", "p-000001").replace(right, wrong);

        // when
        APIGatewayProxyResponseEvent response = post("{\"scans\": [%s]}".formatted(broken));

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(results(response)).singleElement().satisfies(result -> {
            assertThat(result.text("scanId")).isEqualTo("bad");
            assertThat(result.text("status")).isEqualTo("REJECTED");
            assertThat(result.text("reason")).contains(reason);
        });
        assertThat(stream.calls).isEmpty();
        assertThat(log.debugLines())
                .singleElement()
                .asString()
                .startsWith("DEBUG Scan rejected {")
                .contains("scan=bad", reason);
    }

    @Test
    void scanThatContradictsOneBeforeIt_isRejected_andARepetitionIsNot() {
        // given
        String first = scan("same", "p-000001");

        // when
        APIGatewayProxyResponseEvent response = post("{\"scans\": [%s, %s, %s, %s, %s]}"
                .formatted(
                        first.replace("FRA", "XYZ"), // rejected, so its place stays free
                        first,
                        first.replace("RECEIVED", "DEPARTED"),
                        first.replace("{\"scanId", "{\"condition\": {}, \"scanId"), // the same, written differently
                        scan("same", "p-000002")));

        // then
        assertThat(results(response))
                .extracting(result -> result.text("status"))
                .containsExactly("REJECTED", "ACCEPTED", "REJECTED", "ACCEPTED", "ACCEPTED");
        assertThat(results(response).get(2).text("reason"))
                .contains("has the same parcelId, scanId and scannedAt, but other content");
        assertThat(stream.scans).allSatisfy(scan -> assertThat(scan.kind()).isEqualTo(ScanKind.RECEIVED));
    }

    @Test
    void scanOfAnotherHub_isRejected_andTheOthersAreAccepted() {
        // given
        String foreign = scan("foreign", "p-000001").replace("FRA", "MAD");

        // when
        APIGatewayProxyResponseEvent response =
                post("{\"scans\": [%s, %s]}".formatted(foreign, scan("own", "p-000001")));

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(results(response))
                .extracting(result -> result.text("status"))
                .containsExactly("REJECTED", "ACCEPTED");
        assertThat(results(response).getFirst().text("reason"))
                .isEqualTo("hubCode must be FRA, the hub of the API key, but is MAD");
        assertThat(stream.scans).extracting(Scan::scanId).containsExactly("own");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "FRA",
                "secret78901234567890123456789012345",
                "frasecret01234567890123456789012345",
                "XYZsecret01234567890123456789012345",
                "FRA.secret01234567890123456789012345",
                "FRAsecret0123456789012345678901234",
                "FRAsecret012345678901234567890123456"
            })
    void keyWithoutTheFormOfAHubsKey_isForbidden_andNeitherAnsweredNorLogged(String key) {
        // given
        APIGatewayProxyRequestEvent request = request("application/json", scans(1));
        request.getRequestContext().getIdentity().setApiKey(key);

        // when
        APIGatewayProxyResponseEvent response = handler.handleRequest(request, context);

        // then
        assertProblem(response, 403, "Forbidden", "must be the code of a hub");
        assertThat(stream.calls).isEmpty();
        assertThat(log.all()).noneMatch(record -> record.toString().contains("secret"));
    }

    @Test
    void requestWithoutContext_isForbidden() {
        APIGatewayProxyRequestEvent request =
                request("application/json", scans(1)).withRequestContext(null);

        assertThat(handler.handleRequest(request, context).getStatusCode()).isEqualTo(403);
    }

    @Test
    void scanThatIsAWeekOld_isAccepted_andKeptByAllWhoReadTheStream() {
        // given
        String body = "{\"scans\": [%s]}"
                .formatted(scan("old", "p-000001").replace("2026-11-25T12:30:00Z", "2026-11-18T12:31:12Z"));

        // when
        APIGatewayProxyResponseEvent response = post(body);

        // then
        assertThat(results(response).getFirst().text("status")).isEqualTo("ACCEPTED");
        Instant receivedAt = stream.receipts.getFirst();
        String record = JsonObject.write(ScanJson.write(stream.scans.getFirst(), receivedAt));
        assertThat(ScanJson.read(ByteBuffer.wrap(record.getBytes(StandardCharsets.UTF_8)), receivedAt.plusMillis(20)))
                .isEqualTo(stream.scans.getFirst());
    }

    @Test
    void receiptThatARequestBrings_isReplacedByTheFunctionsClock() {
        post("{\"scans\": [%s]}"
                .formatted(scan("1", "p-000001").replace("{", "{\"receivedAt\": \"2001-01-01T00:00:00Z\", ")));

        assertThat(stream.receipts).containsExactly(Instant.parse("2026-11-25T12:31:12Z"));
    }

    @Test
    void someScansNotPut_areToBeSentAgain() {
        // given
        stream.let(scan -> switch (scan.parcel().value()) {
            case "p-throttled" -> new Outcome.Throttled();
            case "p-failed" -> new Outcome.Failed("InternalFailure: secret-detail");
            default -> new Outcome.Put();
        });
        stopAfterTwoRounds();

        // when
        APIGatewayProxyResponseEvent response = post("{\"scans\": [%s, %s, %s]}"
                .formatted(scan("1", "p-throttled"), scan("2", "p-failed"), scan("3", "p-000001")));

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(results(response))
                .extracting(result -> result.text("status"))
                .containsExactly("RETRY", "RETRY", "ACCEPTED");
        assertThat(response.getBody()).doesNotContain("secret-detail");
        assertThat(log.lines()).anyMatch(record -> record.startsWith("ERROR") && record.contains("InternalFailure"));
        assertThat(log.lines()).noneMatch(record -> record.contains("p-throttled"));
    }

    @Test
    void noScanPut_isServiceUnavailableWithRetryAfter() {
        // given
        stream.let(_ -> new Outcome.Throttled());
        stopAfterTwoRounds();

        // when
        APIGatewayProxyResponseEvent response = post("{\"scans\": [%s, {}]}".formatted(scan("1", "p-000001")));

        // then
        assertProblem(response, 503, "Service Unavailable", "None of 1 scans could be taken");
        assertThat(response.getHeaders()).containsEntry("Retry-After", "5");
    }

    @Test
    void tooLittleTimeForARound_putsNothing() {
        // given
        context.remainingMillis = () -> 6_000;

        // when
        APIGatewayProxyResponseEvent response = post("{\"scans\": [%s]}".formatted(scan("1", "p-000001")));

        // then
        assertThat(response.getStatusCode()).isEqualTo(503);
        assertThat(stream.calls).isEmpty();
    }

    @Test
    void bodyInBase64_isDecoded() {
        // given
        String body = Base64.getEncoder()
                .encodeToString(
                        "{\"scans\": [%s]}".formatted(scan("1", "p-000001")).getBytes(StandardCharsets.UTF_8));

        // when
        APIGatewayProxyResponseEvent response =
                handler.handleRequest(request("application/json", body).withIsBase64Encoded(true), context);

        // then
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(stream.scans).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            none            | The body must be a JSON object, but is empty
            secret          | The body must be a JSON object: The text is not JSON: line 1
            []              | The body must be a JSON object: A JSON object is expected
            {}              | The body is wrong: Field 'scans' is missing
            {"scans": null} | The body is wrong: Field 'scans' is missing
            {"scans": {}}   | The body is wrong: Field 'scans' must be a list, but is an object
            {"scans": []}   | The body is wrong: Field 'scans' must hold 1 to 100 scans, but holds 0
            """)
    void bodyThatHoldsNoScans_isABadRequest(String body, String detail) {
        assertProblem(post(body), 400, "Bad Request", detail);
    }

    @Test
    void hundredScans_areAcceptedAndOneMoreIsABadRequest() {
        assertThat(post(scans(100)).getStatusCode()).isEqualTo(200);
        assertThat(stream.scans).hasSize(100);
        assertProblem(post(scans(101)), 400, "Bad Request", "must hold 1 to 100 scans, but holds 101");
        assertThat(stream.scans).hasSize(100);
    }

    @Test
    void bodyAtTheLimit_isReadAndOneByteMoreIsTooLarge() {
        // given
        String start = "{\"scans\": [%s]}".formatted(scan("1", "p-000001"));
        String longest = start + " ".repeat(CollectScansHandler.MAX_BODY_BYTES - start.length());

        // then
        assertThat(post(longest).getStatusCode()).isEqualTo(200);
        assertProblem(post(longest + " "), 413, "Content Too Large", "at most 262144 bytes, but is 262145");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", " application/json ;x=y"})
    void jsonContentType_isAcceptedInEachNotation(String contentType) {
        assertThat(handler.handleRequest(request(contentType, scans(1)), context)
                        .getStatusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            none,              but is missing
            '',                but is ''
            text/plain,        but is 'text/plain'
            application/jsonp, but is 'application/jsonp'
            """)
    void anotherContentType_isUnsupported(String contentType, String detail) {
        assertProblem(
                handler.handleRequest(request(contentType, scans(1)), context), 415, "Unsupported Media Type", detail);
    }

    private APIGatewayProxyResponseEvent post(String body) {
        return handler.handleRequest(request("application/json", body), context);
    }

    /** The header's name in lower case, as HTTP/2 clients send it; the sample event has the other. */
    private static APIGatewayProxyRequestEvent request(String contentType, String body) {
        APIGatewayProxyRequestEvent request =
                SampleEvents.request("collect-scans.json").withBody(body);
        request.getHeaders().remove("Content-Type");
        if (contentType != null) {
            request.getHeaders().put("content-type", contentType);
        }
        return request;
    }

    private void stopAfterTwoRounds() {
        List<Integer> times = new ArrayList<>(List.of(20_000, 10_000));
        context.remainingMillis = () -> times.isEmpty() ? 1_000 : times.removeFirst();
    }

    private static void assertProblem(APIGatewayProxyResponseEvent response, int status, String title, String detail) {
        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(response.getHeaders())
                .containsEntry("Content-Type", "application/problem+json")
                .containsEntry("Cache-Control", "no-store");
        JsonObject problem = JsonObject.parse(response.getBody());
        assertThat(problem.integer("status")).isEqualTo(status);
        assertThat(problem.text("title")).isEqualTo(title);
        assertThat(problem.text("detail")).contains(detail).doesNotContain("secret");
        assertThat(problem.text("instance")).isEqualTo("urn:uuid:3b0b2b1e-6c0f-4c59-9c5c-3f8a5a2a7d10");
    }

    private static List<JsonObject> results(APIGatewayProxyResponseEvent response) {
        return JsonObject.parse(response.getBody()).objects("results");
    }

    private static String scans(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> scan("scan-" + index, "parcel-%03d".formatted(index)))
                .collect(Collectors.joining(",", "{\"scans\": [", "]}"));
    }

    private static String scan(String scanId, String parcelId) {
        return """
                {"scanId": "%s", "parcelId": "%s", "hubCode": "FRA", "kind": "RECEIVED", \
                "scannedAt": "2026-11-25T12:30:00Z"}""".formatted(scanId, parcelId);
    }
}
