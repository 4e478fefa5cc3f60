package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.PROMISED;
import static dev.printshop.parcels.domain.Examples.keys;
import static dev.printshop.parcels.domain.Examples.plan;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelayed.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DelayPolicyTest {

    private static final Parcel PLANNED = Parcel.unknown(PARCEL).with(plan(), List.of());

    @Test
    void arrivalAtTheSecondStop45MinutesLate_isADelayThatIsPropagated() {
        Parcel late = PLANNED.with(scan("FRA", ScanKind.RECEIVED, 6 * 60 + 45));

        assertThat(DelayPolicy.currentDelay(late)).contains(Duration.ofMinutes(45));
        assertThat(DelayPolicy.projectedArrival(late)).contains(PROMISED.plus(Duration.ofMinutes(45)));
        assertThat(keys(late)).containsExactly("DELAYED#PT30M");
        assertThat(((ParcelDelayed) ParcelEvents.unannounced(late, LEVELS).getFirst()).cause())
                .isEqualTo(Cause.LATE_SCAN);
    }

    @Test
    void earlyArrival_isNoDelay_andMakesUpForAnEarlierOne_butWhatWasReachedStays() {
        Parcel caughtUp = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 150)).with(scan("FRA", ScanKind.RECEIVED, 300));

        assertThat(DelayPolicy.currentDelay(caughtUp)).contains(Duration.ZERO);
        assertThat(DelayPolicy.projectedArrival(caughtUp)).contains(PROMISED);
        assertThat(keys(caughtUp)).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void arrivalThatIsScannedAgain_isNoDelay() {
        Parcel scannedTwice = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 5)).with(scan("MAD", ScanKind.RECEIVED, 300));

        assertThat(DelayPolicy.currentDelay(scannedTwice)).contains(Duration.ofMinutes(5));
        assertThat(DelayPolicy.projectedArrival(scannedTwice)).contains(PROMISED.plus(Duration.ofMinutes(5)));
        assertThat(DelayPolicy.worstDelay(scannedTwice)).isEqualTo(Duration.ofMinutes(5));
        assertThat(keys(scannedTwice)).isEmpty();
    }

    @Test
    void arrivalThatIsScannedAgain_andComesFirst_isADelayUntilTheEarlierOneComes() {
        // given
        Parcel late = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 300));
        assertThat(keys(late)).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
        Parcel announced = late.withAnnounced(Set.of("DELAYED#PT30M"));

        // when
        Parcel corrected = announced.with(scan("MAD", ScanKind.RECEIVED, 5));

        // then announced events stay announced, and no others are added
        assertThat(DelayPolicy.currentDelay(corrected)).contains(Duration.ofMinutes(5));
        assertThat(DelayPolicy.worstDelay(corrected)).isEqualTo(Duration.ofMinutes(5));
        assertThat(corrected.announced()).containsExactly("DELAYED#PT30M");
        assertThat(keys(corrected)).isEmpty();
    }

    @Test
    void deliveryThatIsScannedAgainAfterThePromise_isNoDelay() {
        Parcel delivered =
                PLANNED.with(scan("CPH", ScanKind.DELIVERED, 800)).with(scan("CPH", ScanKind.DELIVERED, 2_000));

        assertThat(keys(delivered)).containsExactly("DELIVERED");
    }

    @Test
    void silence_staysTheGreatestDelay_afterLaterScans() {
        Parcel missed = DelayPolicy.silentAt(PLANNED, NOON.plus(Duration.ofMinutes(150)));

        assertThat(DelayPolicy.worstDelay(missed.with(scan("MAD", ScanKind.RECEIVED, 5))))
                .isEqualTo(Duration.ofMinutes(150));
    }

    @Test
    void departureThatIsLate_isNotMeasured() {
        assertThat(DelayPolicy.currentDelay(PLANNED.with(scan("MAD", ScanKind.DEPARTED, 500))))
                .contains(Duration.ZERO);
    }

    @Test
    void deliveryAfterThePromise_isLateAndEndsEverything() {
        Parcel delivered = PLANNED.with(scan("CPH", ScanKind.DELIVERED, 22 * 60 + 31));

        assertThat(DelayPolicy.currentDelay(delivered)).contains(Duration.ofMinutes(31));
        assertThat(DelayPolicy.projectedArrival(delivered)).contains(PROMISED.plus(Duration.ofMinutes(31)));
        assertThat(keys(delivered)).containsExactly("DELAYED#PT30M", "DELIVERED");
        assertThat(ParcelEvents.withOverdueAt(delivered.withAnnounced(keys(delivered)), LEVELS)
                        .overdueAt())
                .isEmpty();
        assertThat(DelayPolicy.silentAt(delivered, PROMISED.plusSeconds(999_999)))
                .isEqualTo(delivered);
    }

    @Test
    void deliveryThatIsScannedTwice_countsFromTheFirst() {
        Parcel delivered =
                PLANNED.with(scan("CPH", ScanKind.DELIVERED, 900)).with(scan("CPH", ScanKind.DELIVERED, 800));

        assertThat(DelayPolicy.projectedArrival(delivered)).contains(NOON.plus(Duration.ofMinutes(800)));
    }

    @Test
    void silenceAtTheNextStop_isADelay_untilTheNextScan() {
        // given
        Parcel inMadrid = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 0));
        assertThat(ParcelEvents.withOverdueAt(inMadrid, LEVELS).overdueAt()).contains(NOON.plus(Duration.ofHours(6)));

        // when
        Parcel missed = DelayPolicy.silentAt(inMadrid, NOON.plus(Duration.ofMinutes(6 * 60 + 40)));

        // then
        assertThat(DelayPolicy.currentDelay(missed)).contains(Duration.ofMinutes(40));
        assertThat(ParcelEvents.withOverdueAt(missed, LEVELS).overdueAt()).contains(Parcel.IMMEDIATELY);
        assertThat(ParcelEvents.withOverdueAt(missed.withAnnounced(keys(missed)), LEVELS)
                        .overdueAt())
                .contains(NOON.plus(Duration.ofHours(6)));
        assertThat(((ParcelDelayed) ParcelEvents.unannounced(missed, LEVELS).getFirst()).cause())
                .isEqualTo(Cause.SILENCE);
        assertThat(DelayPolicy.currentDelay(missed.with(scan("FRA", ScanKind.RECEIVED, 300))))
                .contains(Duration.ZERO);
        assertThat(DelayPolicy.silentAt(inMadrid, NOON.plus(Duration.ofHours(5))))
                .isEqualTo(inMadrid);
    }

    @Test
    void parcelWithoutScans_isSilentAtItsFirstStop() {
        Parcel missed = DelayPolicy.silentAt(PLANNED, NOON.plus(Duration.ofHours(30)));

        assertThat(keys(missed)).containsExactly("DELAYED#PT30M", "DELAYED#PT2H", "DELAYED#PT24H");
        assertThat(ParcelEvents.withOverdueAt(missed.withAnnounced(keys(missed)), LEVELS)
                        .overdueAt())
                .isEmpty();
    }
}
