package dev.printshop.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.local.traffic.Journey.GeneratedScan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParcelTrafficTest {

    private static final Instant END = Instant.parse("2026-11-25T10:00:00Z");

    @Test
    void sameSeedAndDay_makeTheSameParcels() {
        List<Fate> fates = List.of(Fate.values());

        assertThat(new ParcelTraffic(7, END).journeys(fates, 5))
                .isEqualTo(new ParcelTraffic(7, END).journeys(fates, 5))
                .isNotEqualTo(new ParcelTraffic(8, END).journeys(fates, 5));
    }

    @ParameterizedTest
    @EnumSource
    void everyFate_scansInOrderOfTimeAndBeforeTheEndOfTheDay(Fate fate) {
        for (Journey journey : new ParcelTraffic(1, END).journeys(Collections.nCopies(50, fate), 10)) {
            assertThat(journey.scans())
                    .isNotEmpty()
                    .isSortedAccordingTo((a, b) -> a.scannedAt().compareTo(b.scannedAt()))
                    .allSatisfy(scan ->
                            assertThat(scan.scannedAt()).isBeforeOrEqualTo(END).isAfter(END.minus(Duration.ofDays(1))));
            assertThat(journey.scans()).extracting(GeneratedScan::scanId).doesNotHaveDuplicates();
        }
    }

    @Test
    void routeOfNineAndOfTenStops_makeTwentyScansOnAverage() {
        ParcelTraffic traffic = new ParcelTraffic(1, END);

        assertThat(traffic.journeys(List.of(Fate.PUNCTUAL), 9).getFirst().scans())
                .hasSize(19);
        assertThat(traffic.journeys(List.of(Fate.PUNCTUAL), 10).getFirst().scans())
                .hasSize(21);
    }

    @Test
    void parcelUnderWay_isNotAtItsLastStopYet() {
        Journey journey =
                new ParcelTraffic(1, END).journeys(List.of(Fate.UNDER_WAY), 5).getFirst();

        assertThat(journey.scans()).hasSize(8);
        assertThat(journey.route().getLast().plannedAt()).isAfter(END);
    }
}
