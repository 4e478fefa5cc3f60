package dev.printshop.parcels;

import static dev.printshop.parcels.KinesisRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisFirehoseEvent;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.json.ScanLine;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatScansHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final int MEGABYTE = 1024 * 1024;

    private final FormatScansHandler handler = new FormatScansHandler();
    private final FakeContext context = new FakeContext();

    @Test
    void scan_isAnsweredAsALineWithItsKeys() {
        Scan scan = Examples.scan("MAD", ScanKind.RECEIVED, 0);

        assertThat(format(record("record-1", json(scan), Examples.NOON)))
                .containsExactly(Map.of(
                        "recordId",
                        "record-1",
                        "result",
                        "Ok",
                        "data",
                        base64(ScanLine.write(scan)),
                        "metadata",
                        Map.of("partitionKeys", Map.of("day", "2026-11-23", "hub", "MAD"))));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void twoScansInARecord_areAnsweredAsFailed() {
        KinesisFirehoseEvent event =
                SampleEvents.caseOf("format-scans.two-scans-in-a-record.json", KinesisFirehoseEvent.class);

        assertThat(JsonObject.of(handler.handleRequest(event, context)).objects("records"))
                .extracting(answer -> answer.text("result"))
                .containsExactly("ProcessingFailed");
    }

    @Test
    void poison_isAnsweredAsFailed_andOthersAreFormatted() {
        // given
        KinesisFirehoseEvent.Record poison = record("record-2", "{\"scanId\": ", Examples.NOON);

        // when
        List<Map<?, ?>> answers = format(
                record("record-1", scanAfter(0), Examples.NOON),
                poison,
                record("record-3", scanAfter(1), Examples.NOON));

        // then
        assertThat(results(answers)).containsExactly("Ok", "ProcessingFailed", "Ok");
        assertThat(answers.get(1))
                .isEqualTo(
                        Map.of("recordId", "record-2", "result", "ProcessingFailed", "data", base64("{\"scanId\": ")));
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR Record can't be read {record_id=record-2, ");
    }

    @Test
    void heartbeat_isDropped() {
        String heartbeat = "{\"heartbeat\":true}";

        assertThat(format(record("record-1", heartbeat, Examples.NOON)))
                .containsExactly(Map.of("recordId", "record-1", "result", "Dropped", "data", base64(heartbeat)));
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "\u0000\u0001", "{\"scanId\": 7}"})
    void recordOfAnyNonsense_isPoison(String data) {
        assertThat(results(format(record("record-1", data, Examples.NOON)))).containsExactly("ProcessingFailed");
    }

    @Test
    void scanFromTheFuture_isMeasuredAgainstItsArrival() {
        String sevenMinutesLater = scanAfter(7);

        assertThat(results(format(
                        record("early", sevenMinutesLater, Examples.NOON),
                        record("in-time", sevenMinutesLater, Examples.NOON.plus(Duration.ofMinutes(7))))))
                .containsExactly("ProcessingFailed", "Ok");
        assertThat(log.lines().getFirst()).contains("scannedAt must not be in the future");
    }

    /**
     * Firehose sends half a megabyte per invocation, as configured in the template; the limit of Lambda's answer is 6
     * MB.
     */
    @Test
    void halfAMegabyteOfTheShortestScans_makesAnAnswerThatLambdaTakes() {
        // given
        String shortest = """
                {"scanId":"1","parcelId":"12345678","hubCode":"MAD","kind":"DEPARTED",\
                "scannedAt":"2026-11-23T12:00:00Z"}""";
        KinesisFirehoseEvent.Record record = record("4".repeat(62), shortest, Examples.NOON);
        KinesisFirehoseEvent event = new KinesisFirehoseEvent();
        event.setRecords(Collections.nCopies(MEGABYTE / 2 / shortest.length(), record));

        // when
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        JacksonFactory.getInstance().getSerializer(Map.class).toJson(handler.handleRequest(event, context), answer);

        // then
        assertThat(log.lines()).isEmpty();
        assertThat(answer.size()).isLessThan(6 * MEGABYTE);
    }

    private static List<String> results(List<Map<?, ?>> answers) {
        return answers.stream()
                .map(answer -> String.valueOf(answer.get("result")))
                .toList();
    }

    private List<Map<?, ?>> format(KinesisFirehoseEvent.Record... records) {
        KinesisFirehoseEvent event = new KinesisFirehoseEvent();
        event.setRecords(List.of(records));
        return JsonObject.of(handler.handleRequest(event, context)).values("records").stream()
                .<Map<?, ?>>map(answer -> (Map<?, ?>) answer)
                .toList();
    }

    private static KinesisFirehoseEvent.Record record(String id, String data, Instant arrival) {
        KinesisFirehoseEvent.Record record = new KinesisFirehoseEvent.Record();
        record.setRecordId(id);
        record.setApproximateArrivalTimestamp(arrival.toEpochMilli());
        record.setData(ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static String scanAfter(long minutes) {
        return json(Examples.scan("MAD", ScanKind.RECEIVED, minutes));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
