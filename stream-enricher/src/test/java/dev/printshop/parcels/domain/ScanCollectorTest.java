package dev.printshop.parcels.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.domain.ScanStream.Outcome.Failed;
import dev.printshop.parcels.domain.ScanStream.Outcome.Put;
import dev.printshop.parcels.domain.ScanStream.Outcome.Throttled;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ScanCollectorTest {

    private static final Outcome PUT = new Put();
    private static final Outcome THROTTLED = new Throttled();

    private final FakeScanStream stream = new FakeScanStream();
    private final List<Integer> pauses = new ArrayList<>();
    private final ScanCollector collector = new ScanCollector(stream, pauses::add);

    @Test
    void scansOfDifferentParcels_takeOneCall() {
        // given
        List<Scan> scans = List.of(scan("a", "1"), scan("b", "1"), scan("c", "1"));

        // when
        List<Outcome> outcomes = collect(scans);

        // then
        assertThat(outcomes).containsExactly(PUT, PUT, PUT);
        assertThat(stream.scans).containsExactlyInAnyOrderElementsOf(scans);
        assertThat(stream.calls).containsExactly(3);
        assertThat(pauses).isEmpty();
    }

    @Test
    void scansOfOneParcel_arePutOneAfterTheOther() {
        // given
        List<Scan> scans = List.of(scan("a", "1"), scan("b", "1"), scan("a", "2"), scan("a", "3"));

        // when
        List<Outcome> outcomes = collect(scans);

        // then
        assertThat(outcomes).containsOnly(PUT);
        assertThat(stream.calls).containsExactly(2, 1, 1);
        assertThat(stream.scans)
                .filteredOn(scan -> scan.parcel().equals(parcel("a")))
                .extracting(Scan::scanId)
                .containsExactly("1", "2", "3");
    }

    @Test
    void sameScanTwice_isPutTwice() {
        // given
        Scan scan = scan("a", "1");

        // when
        List<Outcome> outcomes = collect(List.of(scan, scan));

        // then
        assertThat(outcomes).containsExactly(PUT, PUT);
        assertThat(stream.scans).containsExactly(scan, scan);
    }

    @Test
    void throttledScan_isRetriedAfterAPauseAndKeepsItsOrder() {
        // given
        List<Scan> scans = List.of(scan("a", "1"), scan("a", "2"), scan("b", "1"));
        List<Outcome> fates = new ArrayList<>(List.of(THROTTLED, THROTTLED));
        stream.let(scan -> scan.parcel().equals(parcel("a")) && !fates.isEmpty() ? fates.removeFirst() : PUT);

        // when
        List<Outcome> outcomes = collect(scans);

        // then
        assertThat(outcomes).containsOnly(PUT);
        assertThat(stream.scans).containsExactly(scans.get(2), scans.get(0), scans.get(1));
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void failedScan_isNotRetriedAndHoldsBackTheLaterOnesOfItsParcelOnly() {
        // given
        List<Scan> scans = List.of(scan("a", "1"), scan("a", "2"), scan("a", "3"), scan("b", "1"), scan("b", "2"));
        Outcome failed = new Failed("InternalFailure");
        stream.let(scan -> scan.equals(scans.get(1)) ? failed : PUT);

        // when
        List<Outcome> outcomes = collect(scans);

        // then
        assertThat(outcomes).containsExactly(PUT, failed, failed, PUT, PUT);
        assertThat(stream.scans).containsExactlyInAnyOrder(scans.get(0), scans.get(3), scans.get(4));
        assertThat(pauses).isEmpty();
    }

    @Test
    void noTimeLeft_leavesTheRestThrottled() {
        // given
        stream.let(_ -> THROTTLED);
        int[] rounds = {0};

        // when
        List<Outcome> outcomes =
                collector.collect(List.of(scan("a", "1"), scan("b", "1")), Instant.EPOCH, () -> rounds[0]++ < 3);

        // then
        assertThat(outcomes).containsExactly(THROTTLED, THROTTLED);
        assertThat(stream.calls).hasSize(3);
    }

    @Test
    void noTimeAtAll_putsNothing() {
        // when
        List<Outcome> outcomes = collector.collect(List.of(scan("a", "1")), Instant.EPOCH, () -> false);

        // then
        assertThat(outcomes).containsExactly(THROTTLED);
        assertThat(stream.calls).isEmpty();
    }

    @RepeatedTest(500)
    void anyThrottlingAndFailures_answerEachScanOnceAndKeepTheOrder(RepetitionInfo repetition) {
        // given
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<Scan> scans = IntStream.range(0, 1 + random.nextInt(100))
                .mapToObj(index -> scan("p" + random.nextInt(1 + random.nextInt(20)), String.valueOf(index)))
                .toList();
        double throttles = random.nextDouble();
        double failures = random.nextInt(4) == 0 ? random.nextDouble() / 5 : 0;
        int maxRounds = 1 + random.nextInt(200);
        stream.let(_ -> {
            double fate = random.nextDouble();
            return fate < failures ? new Failed("broken") : fate < throttles ? THROTTLED : PUT;
        });
        int[] rounds = {0};

        // when
        List<Outcome> outcomes = collector.collect(scans, Instant.EPOCH, () -> rounds[0]++ < maxRounds);

        // then
        assertThat(outcomes).as("seed %d: one answer for each scan", seed).hasSameSizeAs(scans);
        List<Scan> accepted = IntStream.range(0, scans.size())
                .filter(index -> outcomes.get(index).equals(PUT))
                .mapToObj(scans::get)
                .toList();
        assertThat(stream.scans)
                .as("seed %d: accepted is what is in the stream, and nothing else", seed)
                .containsExactlyInAnyOrderElementsOf(accepted);
        for (ParcelId parcel : scans.stream().map(Scan::parcel).distinct().toList()) {
            List<Scan> sent = of(parcel, scans);
            List<Scan> put = of(parcel, stream.scans);
            assertThat(put)
                    .as("seed %d: parcel %s has its first scans in the stream, in their order", seed, parcel)
                    .isEqualTo(sent.subList(0, put.size()));
        }
        assertThat(stream.calls).as("seed %d: no call after the time", seed).hasSizeLessThanOrEqualTo(maxRounds);
    }

    @Test
    void hundredScansOfOneParcel_needAHundredCallsOfOneScan() {
        // given
        List<Scan> scans = IntStream.range(0, 100)
                .mapToObj(index -> scan("a", String.valueOf(index)))
                .toList();

        // when
        collect(scans);

        // then
        assertThat(stream.scans).isEqualTo(scans);
        assertThat(stream.calls).isEqualTo(Collections.nCopies(100, 1));
    }

    @Test
    void throttleWithoutTimeForAnotherRound_isAnsweredAsThrottled() {
        // given
        ScanCollector withoutTime = new ScanCollector(stream, _ -> {
            throw new NoTimeLeftException("no time left");
        });
        stream.let(scan -> scan.parcel().equals(parcel("b")) ? THROTTLED : PUT);

        // when
        List<Outcome> outcomes =
                withoutTime.collect(List.of(scan("a", "1"), scan("b", "1")), Instant.EPOCH, () -> true);

        // then
        assertThat(outcomes).containsExactly(PUT, THROTTLED);
        assertThat(stream.calls).containsExactly(2);
    }

    private List<Outcome> collect(List<Scan> scans) {
        return collector.collect(scans, Instant.EPOCH, () -> true);
    }

    private static List<Scan> of(ParcelId parcel, List<Scan> scans) {
        return scans.stream().filter(scan -> scan.parcel().equals(parcel)).toList();
    }

    private static ParcelId parcel(String name) {
        return new ParcelId("parcel-" + name);
    }

    private static Scan scan(String parcel, String scanId) {
        return new Scan(
                scanId,
                parcel(parcel),
                Hubs.all().get("AMS"),
                ScanKind.RECEIVED,
                Instant.parse("2026-11-25T10:00:00Z"),
                Condition.UNKNOWN);
    }
}
