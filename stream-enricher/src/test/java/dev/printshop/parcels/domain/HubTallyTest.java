package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubTallyTest {

    @Test
    void scans_areCountedByWhatTheyMean() {
        // given
        List<Scan> scans = List.of(
                scan("FRA", ScanKind.RECEIVED, 0),
                scan("FRA", ScanKind.RECEIVED, 1),
                scan("FRA", ScanKind.DEPARTED, 2),
                scan("FRA", ScanKind.OUT_FOR_DELIVERY, 3),
                scan("FRA", ScanKind.DELIVERED, 4),
                scan("FRA", ScanKind.EXCEPTION, 5));

        // when
        HubTally tally = HubTally.of(scans, _ -> Optional.empty());

        // then
        assertThat(tally).isEqualTo(new HubTally(2, 2, new TreeMap<>()));
        assertThat(tally.meanDelayMinutes()).isEmpty();
        assertThat(tally.delayMinutesOf(0.95)).isEmpty();
        assertThat(tally.sampleOfDelays(100)).isEmpty();
    }

    @Test
    void delays_areCountedByWholeMinutes_andADayIsTheMost() {
        HubTally tally = HubTally.of(
                List.of(
                        scan("FRA", ScanKind.RECEIVED, 0),
                        scan("FRA", ScanKind.RECEIVED, 119),
                        scan("FRA", ScanKind.RECEIVED, 120),
                        scan("FRA", ScanKind.RECEIVED, 60_000)),
                scan -> Optional.of(
                        Duration.between(Examples.NOON, scan.scannedAt()).plusSeconds(59)));

        assertThat(tally.delays()).isEqualTo(Map.of(0, 1, 119, 1, 120, 1, HubTally.MAX_DELAY_MINUTES, 1));
    }

    @ParameterizedTest
    @CsvSource({"0.05, 1", "0.5, 10", "0.95, 19", "0.96, 20", "1, 20"})
    void percentile_isTheSmallestDelayThatTheShareDoesNotExceed(double share, int minutes) {
        assertThat(oneOfEach(1, 20).delayMinutesOf(share)).hasValue(minutes);
    }

    @Test
    void mean_weighsEachDelayByItsScans() {
        assertThat(new HubTally(4, 0, new TreeMap<>(Map.of(0, 3, 10, 1))).meanDelayMinutes())
                .hasValue(2.5);
    }

    @Test
    void talliesOfParts_makeTheTallyOfAll_howeverTheyAreCut() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            // given
            List<Scan> all = IntStream.range(0, 50)
                    .mapToObj(
                            minute -> scan("FRA", random.nextBoolean() ? ScanKind.RECEIVED : ScanKind.DEPARTED, minute))
                    .toList();
            int cut = random.nextInt(51);

            // when
            HubTally parts = tally(all.subList(0, cut)).plus(tally(all.subList(cut, 50)));

            // then
            assertThat(parts).as("round %d, cut at %d", round, cut).isEqualTo(tally(all));
        }
    }

    @Test
    void fewDelays_areAllInTheSample() {
        assertThat(new HubTally(3, 0, new TreeMap<>(Map.of(0, 2, 7, 1))).sampleOfDelays(3))
                .containsExactly(0, 0, 7);
    }

    @Test
    void manyDelays_areSampledEvenly() {
        assertThat(oneOfEach(1, 1_000).sampleOfDelays(5)).containsExactly(100, 300, 500, 700, 900);
    }

    private static HubTally tally(List<Scan> scans) {
        return HubTally.of(
                scans,
                scan -> scan.kind().equals(ScanKind.RECEIVED)
                        ? Optional.of(Duration.between(Examples.NOON, scan.scannedAt()))
                        : Optional.empty());
    }

    private static HubTally oneOfEach(int least, int most) {
        SortedMap<Integer, Integer> delays = new TreeMap<>();
        IntStream.rangeClosed(least, most).forEach(minutes -> delays.put(minutes, 1));
        return new HubTally(0, 0, delays);
    }
}
