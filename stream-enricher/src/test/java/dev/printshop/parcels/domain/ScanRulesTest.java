package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of a scan, as it is read from JSON. */
class ScanRulesTest {

    private static final Map<String, Object> GOOD = Map.of(
            "scanId", "scan-1",
            "parcelId", "parcel-1",
            "hubCode", "FRA",
            "kind", "RECEIVED",
            "scannedAt", "2026-11-23T12:00:00.123456Z",
            "condition", Map.of("temperatureCelsius", 21.5, "humidityPercent", 40));

    @Test
    void scan_isReadAsItIsWritten() {
        Scan scan = ScanJson.read(JsonObject.of(GOOD), NOON);

        assertThat(scan.hub().city()).isEqualTo("Frankfurt");
        assertThat(scan.scannedAt()).as("to the millisecond").isEqualTo(NOON.plusMillis(123));
        assertThat(scan.condition().shockG()).isEmpty();
        assertThat(ScanJson.read(JsonObject.of(ScanJson.write(scan)), NOON)).isEqualTo(scan);
    }

    @Test
    void scanWithoutCondition_isTaken() {
        Map<String, Object> json = new LinkedHashMap<>(GOOD);
        json.remove("condition");

        assertThat(ScanJson.read(JsonObject.of(json), NOON).condition()).isEqualTo(Condition.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scanId    | a/b                    | scanId must be 1 to 64 of the characters A-Z a-z 0-9 _ -",
                "parcelId  | short                  | parcelId must be 8 to 64",
                "hubCode   | XYZ                    | hubCode must be one of [AMS, BCN,",
                "kind      | LOST                   | Field 'kind' must be one of [RECEIVED, DEPARTED,",
                "scannedAt | yesterday              | scannedAt",
                "scannedAt | 2026-11-23T12:05:01Z   | scannedAt must not be in the future",
                "scannedAt | 2026-11-16T11:59:59Z   | scannedAt must be at most 7 days ago"
            })
    void scanThatCantBeTrue_isRefusedByTheFieldsName(String field, String value, String message) {
        Map<String, Object> json = new LinkedHashMap<>(GOOD);
        json.put(field, value);

        assertThatThrownBy(() -> ScanJson.read(JsonObject.of(json), NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scanId", "parcelId", "hubCode", "kind", "scannedAt"})
    void scanWithoutAField_isRefusedByItsName(String field) {
        Map<String, Object> json = new LinkedHashMap<>(GOOD);
        json.remove(field);

        assertThatThrownBy(() -> ScanJson.read(JsonObject.of(json), NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @ParameterizedTest
    @CsvSource({
        "temperatureCelsius, -100.1, -100.0 to 100.0", "temperatureCelsius, 100.1, -100.0 to 100.0",
        "shockG, -0.1, 0.0 to 1000.0", "shockG, 1000.1, 0.0 to 1000.0",
        "humidityPercent, -0.1, 0.0 to 100.0", "humidityPercent, 100.1, 0.0 to 100.0"
    })
    void measurementThatCantBe_isRefusedWithTheRange(String field, double value, String range) {
        Map<String, Object> json = new LinkedHashMap<>(GOOD);
        json.put("condition", Map.of(field, value));

        assertThatThrownBy(() -> ScanJson.read(JsonObject.of(json), NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("condition.%s must be %s, but is %s", field, range, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scanId", "parcelId", "hubCode"})
    void valueOfAnyLength_isCutInTheMessage(String field) {
        Map<String, Object> json = new LinkedHashMap<>(GOOD);
        json.put(field, "x".repeat(1_000_000));

        assertThatThrownBy(() -> ScanJson.read(JsonObject.of(json), NOON))
                .hasMessageContaining(field)
                .hasMessageEndingWith("but is '" + "x".repeat(100) + "'");
    }

    @Test
    void timesAtTheEdges_areTaken() {
        Scan scan = Examples.scan("FRA", ScanKind.RECEIVED, 0);

        assertThatCode(() -> ScanRules.require(scan, NOON.minus(Duration.ofMinutes(5))))
                .doesNotThrowAnyException();
        assertThatCode(() -> ScanRules.require(scan, NOON.plus(Duration.ofDays(7))))
                .doesNotThrowAnyException();
    }
}
