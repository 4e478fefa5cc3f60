package dev.printshop.parcels;

import static dev.printshop.parcels.KinesisRecords.batch;
import static dev.printshop.parcels.KinesisRecords.failed;
import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.ParcelStatus;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelId;
import java.time.Duration;
import java.util.ArrayList;
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
    private final ParcelRegistrar registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);
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

        assertThat(handle(records)).containsExactly("number-%04d".formatted(place));

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
        KinesisEventRecord early = KinesisRecords.record(
                0, Examples.scan("MAD", ScanKind.RECEIVED, 6), Examples.NOON); // six minutes before its time

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
    void unknownDelayLevels_areReportedByTheBatchsFirstRecord() {
        EnrichScansHandler withoutLevels = new EnrichScansHandler(new ScanEnricher(
                parcels,
                () -> {
                    throw new IllegalStateException("the parameter can't be read");
                },
                announcer,
                attempts));

        assertThat(failed(withoutLevels.handleRequest(batch(List.of(record(0, 0), record(1, 1))), context)))
                .containsExactly("number-0000");
        assertThat(context.log)
                .containsExactly("WARN 2 records failed: java.lang.IllegalStateException: the parameter can't be read");
    }

    @Test
    void refusedEvents_areReportedByTheFirstRecordOfTheirParcel() {
        ParcelId other = new ParcelId("parcel-2");
        registrar.register(dispatched());
        registrar.register(dispatched(other));
        publisher.refuses = event -> event.parcel().equals(other);

        assertThat(handle(record(0, 150), record(1, other, 150))).containsExactly("number-0001");
        assertThat(parcels.get(PARCEL).announced()).isNotEmpty();
    }

    @Test
    void timeThatRunsOutInMidBatch_leavesTheRestToBeBroughtAgain() {
        // given time for fifty of a hundred parcels
        context.remainingMillis =
                () -> parcels.calls.stream().filter("write"::equals).count() < 50 ? 25_000 : 24_999;
        List<KinesisEventRecord> records = IntStream.range(0, 100)
                .mapToObj(i -> record(i, new ParcelId("parcel-%03d".formatted(i)), 0))
                .toList();

        // when, then
        assertThat(handle(records)).containsExactly("number-0050");
        assertThat(parcels.calls).filteredOn("write"::equals).hasSize(50);
        assertThat(context.log)
                .hasSize(50)
                .contains("WARN Parcel parcel-050 failed: java.lang.IllegalStateException: No time left");

        // when they are brought again, with time for all
        context.remainingMillis = () -> 60_000;

        // then
        assertThat(handle(records.subList(50, 100))).isEmpty();
        assertThat(parcels.get(new ParcelId("parcel-099")).status()).contains(ParcelStatus.AT_HUB);
    }

    @Test
    void lateScan_isTold() {
        registrar.register(dispatched());

        handle(record(0, PARCEL, "FRA", 7 * 60));

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M");
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
