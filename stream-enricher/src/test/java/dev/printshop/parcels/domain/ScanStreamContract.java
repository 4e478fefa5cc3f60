package dev.printshop.parcels.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link ScanStream}. Each test has an empty stream. */
public abstract class ScanStreamContract {

    private static final Outcome PUT = new Outcome.Put();

    private final Instant receivedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /**
     * A scan as the stream's consumers get it.
     *
     * @param receivedAt when it was received, from its record
     */
    public record Received(Scan scan, Instant receivedAt) {

        /** Reads a record's data. */
        public static Received of(ByteBuffer data) {
            Instant receivedAt = JsonObject.parse(data.duplicate()).instant(ScanJson.RECEIVED_AT);
            return new Received(ScanJson.read(data, receivedAt), receivedAt);
        }
    }

    /** The stream under test. */
    protected abstract ScanStream stream();

    /** The content of the stream: the records of each shard in order, one shard after the other. */
    protected abstract List<Received> received();

    @Test
    protected void noScans_haveNoOutcomes() {
        assertThat(stream().put(List.of(), receivedAt)).isEmpty();

        assertThat(received()).isEmpty();
    }

    @Test
    protected void scans_areReadAsTheyWerePut_withTheTimeOfTheirReceipt() {
        Scan measured = new Scan(
                "scan_-Z",
                parcel(0),
                Examples.hub("AMS"),
                ScanKind.EXCEPTION,
                receivedAt.minusMillis(7),
                new Condition(OptionalDouble.of(-4.125), OptionalDouble.of(0), OptionalDouble.of(99.999)));
        Scan unmeasured = scan(1, 1);

        assertThat(stream().put(List.of(measured, unmeasured), receivedAt)).containsExactly(PUT, PUT);

        assertThat(received())
                .containsExactlyInAnyOrder(new Received(measured, receivedAt), new Received(unmeasured, receivedAt));
    }

    @Test
    protected void scansOfAParcelThatArePutOneAfterTheOther_keepTheirOrder() {
        for (int round = 0; round < 5; round++) {
            int number = round;
            stream()
                    .put(
                            IntStream.range(0, 20)
                                    .mapToObj(parcel -> scan(parcel, number))
                                    .toList(),
                            receivedAt.plusMillis(round));
        }

        List<Received> received = received();
        for (int parcel = 0; parcel < 20; parcel++) {
            int each = parcel;
            assertThat(received)
                    .filteredOn(one -> one.scan().parcel().equals(parcel(each)))
                    .isEqualTo(IntStream.range(0, 5)
                            .mapToObj(round -> new Received(scan(each, round), receivedAt.plusMillis(round)))
                            .toList());
        }
    }

    @Test
    protected void sameScanTwice_isInTheStreamTwice() {
        assertThat(stream().put(List.of(scan(0, 0), scan(0, 0)), receivedAt)).containsExactly(PUT, PUT);

        assertThat(received()).isEqualTo(Collections.nCopies(2, new Received(scan(0, 0), receivedAt)));
    }

    @Test
    protected void moreScansThanOneCallTakes_areAllPut() {
        List<Scan> scans =
                IntStream.range(0, 1_001).mapToObj(i -> scan(i % 7, i)).toList();

        assertThat(stream().put(scans, receivedAt)).isEqualTo(Collections.nCopies(1_001, PUT));

        assertThat(received()).extracting(Received::scan).containsExactlyInAnyOrderElementsOf(scans);
    }

    private Scan scan(int parcel, int number) {
        return new Scan(
                "scan-" + number,
                parcel(parcel),
                Examples.hub("FRA"),
                ScanKind.RECEIVED,
                receivedAt.minusSeconds(60),
                Condition.UNKNOWN);
    }

    private static ParcelId parcel(int number) {
        return new ParcelId("parcel-%03d".formatted(number));
    }
}
