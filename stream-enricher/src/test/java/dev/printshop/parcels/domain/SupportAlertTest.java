package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.measured;
import static dev.printshop.parcels.domain.Examples.plan;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelConditionBreached;
import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.parcels.domain.SupportAlert.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportAlertTest {

    private static final Parcel PLANNED = Parcel.unknown(PARCEL).with(plan(), List.of());

    @Test
    void delay_isReportedWithAllDetails() {
        Parcel late = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 0)).with(scan("FRA", ScanKind.RECEIVED, 6 * 60 + 45));

        SupportAlert alert = alertOf(late, 0);

        assertThat(alert.subject()).isEqualTo("Parcel parcel-1 was 45 min late");
        assertThat(alert.severity()).isEqualTo(Severity.MINOR);
        assertThat(alert.eventType()).isEqualTo("ParcelDelayed");
        assertThat(alert.text().lines())
                .containsExactly(
                        "Parcel parcel-1 was 45 min late at 2026-11-23T18:45:00Z, which is 30 min or more."
                                + " It was scanned late.",
                        "It is now expected at 2026-11-24T10:45:00Z, 45 min late. It was promised for"
                                + " 2026-11-24T10:00:00Z. Order order-1.",
                        "Last scans:",
                        "  2026-11-23T18:45:00Z RECEIVED in Frankfurt (FRA)",
                        "  2026-11-23T12:00:00Z RECEIVED in Madrid (MAD)",
                        "Look at https://shop/parcels/parcel-1");
    }

    @Test
    void silence_isReportedAsSuch() {
        SupportAlert alert = alertOf(DelayPolicy.silentAt(PLANNED, Examples.NOON.plus(Duration.ofHours(26))), 2);

        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.text())
                .contains("was 26 h late at 2026-11-24T14:00:00Z, which is 24 h or more.")
                .contains("It was not scanned where it should have been.")
                .contains("It is now expected at 2026-11-25T12:00:00Z, 26 h late.")
                .contains("Last scans:%n  none%n".formatted());
    }

    @Test
    void delayThatWasCaughtUp_isReportedWithBothStates() {
        Parcel caughtUp =
                PLANNED.with(scan("MAD", ScanKind.RECEIVED, 192)).with(scan("FRA", ScanKind.RECEIVED, 6 * 60));

        assertThat(alertOf(caughtUp, 1).text().lines())
                .startsWith(
                        "Parcel parcel-1 was 3 h 12 min late at 2026-11-23T15:12:00Z, which is 2 h or more."
                                + " It was scanned late.",
                        "It is now expected at 2026-11-24T10:00:00Z, in time. It was promised for"
                                + " 2026-11-24T10:00:00Z. Order order-1.");
    }

    @Test
    void delayOfADeliveredParcel_isReportedWithItsDelivery() {
        Parcel late = PLANNED.with(scan("MAD", ScanKind.RECEIVED, 45));

        assertThat(alertOf(late.with(scan("CPH", ScanKind.DELIVERED, 22 * 60 + 5)), 0)
                        .text())
                .contains("It was delivered at 2026-11-24T10:05:00Z, 5 min late.")
                .doesNotContain("expected");
        assertThat(alertOf(late.with(scan("CPH", ScanKind.DELIVERED, 20 * 60)), 0)
                        .text())
                .contains("It was delivered at 2026-11-24T08:00:00Z, in time.");
    }

    @Test
    void silenceEndedByAScan_isReportedAsSilence_withTheCurrentState() {
        Parcel scanned = DelayPolicy.silentAt(PLANNED, Examples.NOON.plus(Duration.ofMinutes(40)))
                .with(scan("MAD", ScanKind.RECEIVED, 5));

        assertThat(alertOf(scanned, 0).text())
                .contains("was 40 min late at 2026-11-23T12:40:00Z", "It was not scanned where it should have been.")
                .contains("It is now expected at 2026-11-24T10:05:00Z, 5 min late.");
    }

    @Test
    void eventOfVersionOne_isReportedWithoutTheTimeOfItsDelay() {
        ParcelDelayed delayed =
                (ParcelDelayed) ParcelEvents.unannounced(PLANNED.with(scan("MAD", ScanKind.RECEIVED, 45)), LEVELS)
                        .getFirst();
        ParcelDelayed ofVersionOne = new ParcelDelayed(
                delayed.parcel(),
                delayed.orderId(),
                delayed.level(),
                delayed.delay(),
                delayed.cause(),
                Optional.empty(),
                delayed.promisedAt(),
                delayed.projectedArrival(),
                Optional.empty(),
                delayed.lastScans());

        assertThat(SupportAlert.of(ofVersionOne, "https://shop/parcels")
                        .orElseThrow()
                        .text())
                .startsWith("Parcel parcel-1 was 45 min late, which is 30 min or more.");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 50, was too cold (TOO_COLD): 1.0 °C; the limit is 2.0 °C",
        "31, 1, 50, was too warm (TOO_WARM): 31.0 °C; the limit is 30.0 °C",
        "20, 9, 50, was shaken too hard (SHOCK): 9.0 g; the limit is 8.0 g",
        "20, 1, 90, was too humid (TOO_HUMID): 90.0 %; the limit is 80.0 %"
    })
    void breach_isReportedWithMeasurementAndPlace(double warmth, double shock, double humidity, String text) {
        SupportAlert alert = alertOf(PLANNED.with(measured(30, warmth, shock, humidity)), 0);

        assertThat(alert.severity()).isEqualTo(Severity.MAJOR);
        assertThat(alert.text())
                .contains(text.replace(';', ','))
                .contains("It was measured in Frankfurt (FRA) at 2026-11-23T12:30:00Z.");
        assertThat(alert.subject()).matches("\\p{ASCII}{1,100}");
    }

    @Test
    void breachOfALimitOfAnotherVersion_isReportedWithItsName() {
        ParcelConditionBreached known =
                (ParcelConditionBreached) ParcelEvents.unannounced(PLANNED.with(measured(30, 45, 1, 40)), LEVELS)
                        .getFirst();
        ParcelConditionBreached unknown = new ParcelConditionBreached(
                known.parcel(),
                known.orderId(),
                Breach.of("TOO_BRIGHT"),
                900,
                500,
                known.at(),
                known.promisedAt(),
                known.lastScans());

        SupportAlert alert = SupportAlert.of(unknown, "https://shop/parcels").orElseThrow();

        assertThat(alert.key()).isEqualTo("BREACHED#TOO_BRIGHT");
        assertThat(alert.subject()).isEqualTo("Parcel parcel-1 was beyond a limit");
        assertThat(alert.text()).contains("was beyond a limit (TOO_BRIGHT): 900.0, the limit is 500.0.");
    }

    @Test
    void delivery_isNoNewsForSupport() {
        ParcelEvent delivered = ParcelEvents.unannounced(PLANNED.with(scan("CPH", ScanKind.DELIVERED, 600)), LEVELS)
                .getFirst();

        assertThat(SupportAlert.of(delivered, "https://shop/parcels")).isEmpty();
    }

    private static SupportAlert alertOf(Parcel parcel, int event) {
        return SupportAlert.of(ParcelEvents.unannounced(parcel, LEVELS).get(event), "https://shop/parcels")
                .orElseThrow();
    }
}
