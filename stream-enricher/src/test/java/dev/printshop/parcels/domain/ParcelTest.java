package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.measured;
import static dev.printshop.parcels.domain.Examples.plan;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
        assertThat(DelayPolicy.currentDelay(unknown)).isEmpty();
        assertThat(DelayPolicy.projectedArrival(unknown)).isEmpty();
        assertThat(ParcelEvents.withOverdueAt(unknown, LEVELS)).isEqualTo(unknown);
        assertThat(ParcelEvents.unannounced(unknown, LEVELS)).isEmpty();
        assertThat(DelayPolicy.silentAt(unknown, NOON)).isEqualTo(unknown);
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
    void scanAtAHubOffTheRoute_tellsWhereItIsButNotWhetherItIsLate() {
        Parcel lost = PLANNED.with(scan("WAW", ScanKind.RECEIVED, 2_000));

        assertThat(lost.status()).contains(ParcelStatus.AT_HUB);
        assertThat(DelayPolicy.currentDelay(lost)).contains(Duration.ZERO);
        assertThat(lost.progressPercent()).isZero();
        assertThat(ParcelEvents.unannounced(lost, LEVELS)).isEmpty();
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
}
