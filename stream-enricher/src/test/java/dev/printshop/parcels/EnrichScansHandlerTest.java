package dev.printshop.parcels;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrichScansHandlerTest {

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakePublisher publisher = new FakePublisher();
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final EnrichScansHandler handler =
            new EnrichScansHandler(new ScanEnricher(parcels, () -> LEVELS, announcer, attempts));
    private final FakeContext context = new FakeContext();

    @Test
    void goodBatch_isHandledAsAWhole() {
        assertThat(handle(record(0, 0), record(1, 1), record(2, 2))).isEmpty();

        assertThat(parcels.scansOf(PARCEL)).hasSize(3);
        assertThat(context.log).isEmpty();
    }

    @Test
    void emptyBatch_isNoFailure() {
        assertThat(handle()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2"})
    void poison_isReportedByItsNumber_andWhatStandsBeforeItIsHandled(int place, int handled) {
        List<KinesisEventRecord> records = new ArrayList<>(List.of(record(0, 0), record(1, 1), record(2, 2)));
        records.set(place, record(place, "{\"scanId\": "));

        assertThat(handle(records.toArray(KinesisEventRecord[]::new))).containsExactly("number-%04d".formatted(place));

        assertThat(parcels.scansOf(PARCEL)).hasSize(handled);
        assertThat(context.log).singleElement().asString().startsWith("ERROR Record number-000" + place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "\u0000\u0001", "{\"scanId\": 7}"})
    void recordOfAnyNonsense_isPoison(String data) {
        assertThat(handle(record(0, data))).containsExactly("number-0000");
    }

    @Test
    void scanFromTheFuture_isMeasuredAgainstItsArrival_soThatRepetitionsJudgeAlike() {
        KinesisEventRecord early = record(0, 6); // six minutes after it arrives

        assertThat(handle(early)).containsExactly("number-0000");
        assertThat(context.log.getFirst()).contains("scannedAt must not be in the future");
    }

    @Test
    void throttledParcel_isReportedByItsFirstRecord() {
        ParcelId other = new ParcelId("parcel-2");
        parcels.before = (call, ids) -> {
            if (call.equals("write") && ids.contains(other)) {
                throw new IllegalStateException("throttled");
            }
        };

        assertThat(handle(record(0, 0), record(1, other, 1), record(2, 2), record(3, other, 3)))
                .containsExactly("number-0001");
        assertThat(context.log)
                .containsExactly("WARN Parcel parcel-2 failed: java.lang.IllegalStateException: throttled");
    }

    @Test
    void throttledTable_isReportedByTheBatchsFirstRecord() {
        parcels.before = (_, _) -> {
            throw new IllegalStateException("throttled");
        };

        assertThat(handle(record(0, 0), record(1, 1))).containsExactly("number-0000");
    }

    @Test
    void timeThatRunsOutInMidBatch_leavesTheRestToBeBroughtAgain() {
        // given time for the first five hundred
        context.remainingMillis = () -> 3_000;
        KinesisEventRecord[] records = IntStream.range(0, 700)
                .mapToObj(i -> record(i, new ParcelId("parcel-%03d".formatted(i)), 0))
                .toArray(KinesisEventRecord[]::new);

        // when, then
        assertThat(handle(records)).containsExactly("number-0500");
        assertThat(context.log).containsExactly("WARN No time for the last 200 of 700 records");
    }

    @Test
    void lateScan_isTold() {
        new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts).register(dispatched());

        handle(record(0, PARCEL, "FRA", 7 * 60));

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M");
    }

    private List<String> handle(KinesisEventRecord... records) {
        KinesisEvent event = new KinesisEvent();
        event.setRecords(List.of(records));
        return handler.handleRequest(event, context).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private static KinesisEventRecord record(int number, long minutes) {
        return record(number, PARCEL, minutes);
    }

    private static KinesisEventRecord record(int number, ParcelId parcel, long minutes) {
        return record(number, json(Examples.scan(parcel, "MAD", ScanKind.RECEIVED, minutes)), Examples.NOON);
    }

    private static KinesisEventRecord record(int number, ParcelId parcel, String hub, long minutes) {
        return record(
                number,
                json(Examples.scan(parcel, hub, ScanKind.RECEIVED, minutes)),
                Examples.NOON.plus(Duration.ofMinutes(minutes)));
    }

    private static KinesisEventRecord record(int number, String data) {
        return record(number, data, Examples.NOON);
    }

    private static KinesisEventRecord record(int number, String data, Instant arrival) {
        KinesisEvent.Record content = new KinesisEvent.Record();
        content.setSequenceNumber("number-%04d".formatted(number));
        content.setApproximateArrivalTimestamp(Date.from(arrival));
        content.setData(ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)));
        KinesisEventRecord streamed = new KinesisEventRecord();
        streamed.setKinesis(content);
        return streamed;
    }

    private static String json(Scan scan) {
        return JsonObject.write(ScanJson.write(scan));
    }
}
