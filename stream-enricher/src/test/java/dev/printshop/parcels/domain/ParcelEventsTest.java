package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.keys;
import static dev.printshop.parcels.domain.Examples.measured;
import static dev.printshop.parcels.domain.Examples.plan;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelConditionBreached;
import dev.printshop.events.parcels.ParcelEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParcelEventsTest {

    private static final Parcel PLANNED = Parcel.unknown(PARCEL).with(plan(), List.of());

    @ParameterizedTest
    @CsvSource({
        "1.9, 1, 50, BREACHED#TOO_COLD",
        "30.1, 1, 50, BREACHED#TOO_WARM",
        "20, 8.5, 50, BREACHED#SHOCK",
        "20, 1, 80.5, BREACHED#TOO_HUMID"
    })
    void measurementBeyondALimit_isABreachOfThatLimit(double warmth, double shock, double humidity, String key) {
        assertThat(keys(PLANNED.with(measured(10, warmth, shock, humidity)))).containsExactly(key);
    }

    @Test
    void measurementsAtTheLimits_areWithinThem() {
        assertThat(keys(PLANNED.with(measured(10, 2, 8, 80)).with(measured(11, 30, 0, 0))))
                .isEmpty();
    }

    @Test
    void continuedBreach_isReportedForItsFirstScan() {
        Parcel warm = PLANNED.with(measured(30, 33, 0, 0))
                .with(measured(10, 31, 0, 0))
                .with(measured(20, 40, 0, 0));

        ParcelConditionBreached breach =
                (ParcelConditionBreached) ParcelEvents.unannounced(warm, LEVELS).getFirst();
        assertThat(breach.value()).isEqualTo(31);
        assertThat(breach.at().scannedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(breach.lastScans()).hasSize(3);
    }

    @Test
    void whatWasAnnounced_isNotAnnouncedAgain() {
        Parcel late = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 150));
        Parcel marked = late.withAnnounced(Set.of("DELAYED#PT30M"));

        assertThat(keys(marked)).containsExactly("DELAYED#PT2H");
    }

    @Test
    void levelsThatChangeOften_addNoKeysWithoutBound_andTheDeliveryIsAnnouncedAllTheSame() {
        // given a parcel that is months late, and different levels in each search
        Parcel parcel = DelayPolicy.silentAt(
                Parcel.unknown(PARCEL).with(Examples.plan(), List.of()), NOON.plus(Duration.ofDays(60)));
        for (int change = 0; change < 50; change++) {
            int first = 1 + 20 * change;
            DelayLevels levels = new DelayLevels(IntStream.range(first, first + 20)
                    .mapToObj(Duration::ofMinutes)
                    .toList());
            parcel = parcel.withAnnounced(ParcelEvents.unannounced(parcel, levels).stream()
                    .map(ParcelEvent::key)
                    .toList());

            // then
            assertThat(parcel.announced()).hasSizeLessThan(ParcelEvents.MAX_KEYS_FOR_LEVELS + 25);
            assertThat(ParcelEvents.withOverdueAt(parcel, levels).overdueAt())
                    .isNotEqualTo(Optional.of(Parcel.IMMEDIATELY));
        }
        assertThat(ParcelEvents.unannounced(parcel.with(scan("CPH", ScanKind.DELIVERED, 90 * 24 * 60)), LEVELS))
                .extracting(ParcelEvent::key)
                .containsExactly("DELIVERED");
    }
}
