package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.PROMISED;
import static dev.printshop.parcels.domain.Examples.measured;
import static dev.printshop.parcels.domain.Examples.plan;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelConditionBreached;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelayed.Cause;
import dev.printshop.events.parcels.ParcelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParcelTest {

    private static final List<ScanKind> KINDS = List.of(ScanKind.Known.values());

    private static final Parcel PLANNED = Parcel.unknown(PARCEL).with(plan(), List.of());

    @Test
    void unknownParcel_hasNoStatusAndNoEvents() {
        Parcel unknown = Parcel.unknown(PARCEL);

        assertThat(unknown.status()).isEmpty();
        assertThat(unknown.progressPercent()).isZero();
        assertThat(unknown.delay()).isEmpty();
        assertThat(unknown.projectedArrival()).isEmpty();
        assertThat(unknown.withOverdueAt(LEVELS)).isEqualTo(unknown);
        assertThat(unknown.unannounced(LEVELS)).isEmpty();
        assertThat(unknown.silentAt(NOON)).isEqualTo(unknown);
        assertThat(unknown.distanceFromLastHubKm()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVED, AT_HUB",
        "DEPARTED, IN_TRANSIT",
        "OUT_FOR_DELIVERY, OUT_FOR_DELIVERY",
        "DELIVERED, DELIVERED",
        "EXCEPTION, EXCEPTION"
    })
    void status_isWhatTheLatestScanSays(ScanKind kind, ParcelStatus status) {
        assertThat(PLANNED.status()).contains(ParcelStatus.REGISTERED);
        assertThat(PLANNED.with(scan("MAD", kind, 0))
                        .with(scan("MAD", ScanKind.RECEIVED, -10))
                        .status())
                .contains(status);
    }

    @Test
    void progress_isTheShareOfTheRouteByDistance() {
        // Madrid to Frankfurt are 1,421 km, Frankfurt to Copenhagen 678 km (great circle, as gcmap.com has them): 67.7
        // %.
        assertThat(PLANNED.with(scan("MAD", ScanKind.RECEIVED, 0)).progressPercent())
                .isZero();
        assertThat(PLANNED.with(scan("FRA", ScanKind.RECEIVED, 360)).progressPercent())
                .isEqualTo(67);
        assertThat(PLANNED.with(scan("CPH", ScanKind.RECEIVED, 600)).progressPercent())
                .isEqualTo(99);
        assertThat(PLANNED.with(scan("CPH", ScanKind.DELIVERED, 900)).progressPercent())
                .isEqualTo(100);
    }

    @Test
    void arrivalAtTheSecondStop45MinutesLate_isADelayThatIsPropagated() {
        Parcel late = PLANNED.with(scan("FRA", ScanKind.RECEIVED, 6 * 60 + 45));

        assertThat(late.delay()).contains(Duration.ofMinutes(45));
        assertThat(late.projectedArrival()).contains(PROMISED.plus(Duration.ofMinutes(45)));
        assertThat(keys(late)).containsExactly("DELAYED#PT30M");
        assertThat(((ParcelDelayed) late.unannounced(LEVELS).getFirst()).cause())
                .isEqualTo(Cause.LATE_SCAN);
    }

    @Test
    void earlyArrival_isNoDelay_andMakesUpForAnEarlierOne_butWhatWasReachedStays() {
        Parcel caughtUp = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 150)).with(scan("FRA", ScanKind.RECEIVED, 300));

        assertThat(caughtUp.delay()).contains(Duration.ZERO);
        assertThat(caughtUp.projectedArrival()).contains(PROMISED);
        assertThat(keys(caughtUp)).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void arrivalThatIsScannedAgain_isNoDelay() {
        Parcel scannedTwice = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 5)).with(scan("MAD", ScanKind.RECEIVED, 300));

        assertThat(scannedTwice.delay()).contains(Duration.ofMinutes(5));
        assertThat(scannedTwice.projectedArrival()).contains(PROMISED.plus(Duration.ofMinutes(5)));
        assertThat(scannedTwice.worstDelay()).isEqualTo(Duration.ofMinutes(5));
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
        assertThat(corrected.delay()).contains(Duration.ofMinutes(5));
        assertThat(corrected.worstDelay()).isEqualTo(Duration.ofMinutes(5));
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
        Parcel missed = PLANNED.silentAt(NOON.plus(Duration.ofMinutes(150)));

        assertThat(missed.with(scan("MAD", ScanKind.RECEIVED, 5)).worstDelay()).isEqualTo(Duration.ofMinutes(150));
    }

    @Test
    void scanAtAHubOffTheRoute_tellsWhereItIsButNotWhetherItIsLate() {
        Parcel lost = PLANNED.with(scan("WAW", ScanKind.RECEIVED, 2_000));

        assertThat(lost.status()).contains(ParcelStatus.AT_HUB);
        assertThat(lost.delay()).contains(Duration.ZERO);
        assertThat(lost.progressPercent()).isZero();
        assertThat(lost.unannounced(LEVELS)).isEmpty();
    }

    @Test
    void departureThatIsLate_isNotMeasured() {
        assertThat(PLANNED.with(scan("MAD", ScanKind.DEPARTED, 500)).delay()).contains(Duration.ZERO);
    }

    @Test
    void deliveryAfterThePromise_isLateAndEndsEverything() {
        Parcel delivered = PLANNED.with(scan("CPH", ScanKind.DELIVERED, 22 * 60 + 31));

        assertThat(delivered.delay()).contains(Duration.ofMinutes(31));
        assertThat(delivered.projectedArrival()).contains(PROMISED.plus(Duration.ofMinutes(31)));
        assertThat(keys(delivered)).containsExactly("DELAYED#PT30M", "DELIVERED");
        assertThat(delivered
                        .withAnnounced(keys(delivered))
                        .withOverdueAt(LEVELS)
                        .overdueAt())
                .isEmpty();
        assertThat(delivered.silentAt(PROMISED.plusSeconds(999_999))).isEqualTo(delivered);
    }

    @Test
    void deliveryThatIsScannedTwice_countsFromTheFirst() {
        Parcel delivered =
                PLANNED.with(scan("CPH", ScanKind.DELIVERED, 900)).with(scan("CPH", ScanKind.DELIVERED, 800));

        assertThat(delivered.projectedArrival()).contains(NOON.plus(Duration.ofMinutes(800)));
    }

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
                (ParcelConditionBreached) warm.unannounced(LEVELS).getFirst();
        assertThat(breach.value()).isEqualTo(31);
        assertThat(breach.at().scannedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(breach.lastScans()).hasSize(3);
    }

    @Test
    void silenceAtTheNextStop_isADelay_untilTheNextScan() {
        // given
        Parcel inMadrid = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 0));
        assertThat(inMadrid.withOverdueAt(LEVELS).overdueAt()).contains(NOON.plus(Duration.ofHours(6)));

        // when
        Parcel missed = inMadrid.silentAt(NOON.plus(Duration.ofMinutes(6 * 60 + 40)));

        // then
        assertThat(missed.delay()).contains(Duration.ofMinutes(40));
        assertThat(missed.withOverdueAt(LEVELS).overdueAt()).contains(Parcel.IMMEDIATELY);
        assertThat(missed.withAnnounced(keys(missed)).withOverdueAt(LEVELS).overdueAt())
                .contains(NOON.plus(Duration.ofHours(6)));
        assertThat(((ParcelDelayed) missed.unannounced(LEVELS).getFirst()).cause())
                .isEqualTo(Cause.SILENCE);
        assertThat(missed.with(scan("FRA", ScanKind.RECEIVED, 300)).delay()).contains(Duration.ZERO);
        assertThat(inMadrid.silentAt(NOON.plus(Duration.ofHours(5)))).isEqualTo(inMadrid);
    }

    @Test
    void parcelWithoutScans_isSilentAtItsFirstStop() {
        Parcel missed = PLANNED.silentAt(NOON.plus(Duration.ofHours(30)));

        assertThat(keys(missed)).containsExactly("DELAYED#PT30M", "DELAYED#PT2H", "DELAYED#PT24H");
        assertThat(missed.withAnnounced(keys(missed)).withOverdueAt(LEVELS).overdueAt())
                .isEmpty();
    }

    @Test
    void whatWasAnnounced_isNotAnnouncedAgain() {
        Parcel late = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 150));
        Parcel marked = late.withAnnounced(Set.of("DELAYED#PT30M"));

        assertThat(keys(marked)).containsExactly("DELAYED#PT2H");
    }

    @Test
    void distanceFromLastHub_isBetweenTheTwoLatestScans() {
        Parcel moved = PLANNED.with(scan("MAD", ScanKind.DEPARTED, 0)).with(scan("FRA", ScanKind.RECEIVED, 300));

        // 1,421 km, as gcmap.com has it
        assertThat(moved.distanceFromLastHubKm().orElseThrow()).isBetween(1_415.0, 1_427.0);
    }

    /**
     * The central property: the result is independent of order and multiplicity of scans, and of the time of the plan.
     */
    @RepeatedTest(200)
    void anyOrderOfScansAndPlan_makesTheSameParcel(RepetitionInfo repetition) {
        // given
        Random random = new Random(repetition.getCurrentRepetition());
        List<Scan> scans = new ArrayList<>();
        List<String> hubs = List.of("MAD", "FRA", "CPH", "WAW");
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            Scan made = scan(
                    hubs.get(random.nextInt(hubs.size())),
                    KINDS.get(random.nextInt(KINDS.size())),
                    random.nextInt(-60, 3_000));
            Scan warm =
                    measured(random.nextInt(0, 900), random.nextInt(0, 40), random.nextInt(12), random.nextInt(100));
            scans.add(random.nextInt(4) == 0 ? warm : made);
        }
        Parcel expected = Parcel.unknown(PARCEL).with(plan(), scans);

        // when
        List<Scan> deliveries = new ArrayList<>(scans);
        scans.stream().filter(_ -> random.nextInt(3) == 0).forEach(deliveries::add);
        Collections.shuffle(deliveries, random);
        int planAfter = random.nextInt(deliveries.size() + 1);
        Parcel parcel = Parcel.unknown(PARCEL);
        for (int i = 0; i <= deliveries.size(); i++) {
            if (i == planAfter) {
                parcel = parcel.with(plan(), deliveries.subList(0, i));
            }
            if (i < deliveries.size()) {
                parcel = parcel.with(deliveries.get(i));
            }
        }

        // then
        assertThat(parcel).as("seed %d", repetition.getCurrentRepetition()).isEqualTo(expected);
    }

    private static List<String> keys(Parcel parcel) {
        return parcel.unannounced(LEVELS).stream().map(ParcelEvent::key).toList();
    }

    @Test
    void levelsThatChangeOften_addNoKeysWithoutBound_andTheDeliveryIsAnnouncedAllTheSame() {
        // given a parcel that is months late, and different levels in each search
        Parcel parcel =
                Parcel.unknown(PARCEL).with(Examples.plan(), List.of()).silentAt(NOON.plus(Duration.ofDays(60)));
        for (int change = 0; change < 50; change++) {
            int first = 1 + 20 * change;
            DelayLevels levels = new DelayLevels(IntStream.range(first, first + 20)
                    .mapToObj(Duration::ofMinutes)
                    .toList());
            parcel = parcel.withAnnounced(
                    parcel.unannounced(levels).stream().map(ParcelEvent::key).toList());

            // then
            assertThat(parcel.announced()).hasSizeLessThan(Parcel.MAX_KEYS_FOR_LEVELS + 25);
            assertThat(parcel.withOverdueAt(levels).overdueAt()).isNotEqualTo(Optional.of(Parcel.IMMEDIATELY));
        }
        assertThat(parcel.with(scan("CPH", ScanKind.DELIVERED, 90 * 24 * 60)).unannounced(LEVELS))
                .extracting(ParcelEvent::key)
                .containsExactly("DELIVERED");
    }
}
