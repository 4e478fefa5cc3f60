package dev.printshop.parcels.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanLineTest {

    @Test
    void completeScan_isOneLineWithWhatIsKnownOfItsHub() {
        Scan scan = scan(
                "MAD",
                "2026-11-22T20:00:00Z",
                new Condition(OptionalDouble.of(19.5), OptionalDouble.of(1.2), OptionalDouble.of(40)));

        assertThat(ScanLine.write(scan)).isEqualTo("""
                {"scan_id":"scan-1","parcel_id":"parcel-1","kind":"RECEIVED","scanned_at":"2026-11-22T20:00:00Z",\
                "local_time":"2026-11-22T21:00+01:00","temperature_celsius":19.5,"shock_g":1.2,"humidity_percent":40.0,\
                "hub_code":"MAD","city":"Madrid","country":"ES","latitude":40.4719,"longitude":-3.5626,\
                "time_zone":"Europe/Madrid"}
                """);
    }

    @Test
    void whatWasNotMeasured_isLeftOut() {
        assertThat(ScanLine.fields(scan("MAD", "2026-11-22T20:00:00Z", Condition.UNKNOWN)))
                .containsKey("scan_id")
                .doesNotContainKeys("temperature_celsius", "shock_g", "humidity_percent");
    }

    /** The local day may be another. */
    @ParameterizedTest
    @CsvSource({"2026-11-22T23:59:59.999Z, 2026-11-22", "2026-11-23T00:00:00Z, 2026-11-23"})
    void line_isFiledUnderItsDayInUtcAndItsHub(String scannedAt, String day) {
        assertThat(ScanLine.partitionKeys(scan("MAD", scannedAt, Condition.UNKNOWN)))
                .hasSize(2)
                .containsEntry("day", day)
                .containsEntry("hub", "MAD");
    }

    private static Scan scan(String hub, String scannedAt, Condition condition) {
        return new Scan(
                "scan-1", Examples.PARCEL, Examples.hub(hub), ScanKind.RECEIVED, Instant.parse(scannedAt), condition);
    }
}
