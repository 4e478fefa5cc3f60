package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The validation of a scan that is read from JSON. */
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
    void valueOfAnyLength_isDescribedInTheMessage(String field) {
        Map<String, Object> json = new LinkedHashMap<>(GOOD);
        json.put(field, "x".repeat(1_000_000));

        assertThatThrownBy(() -> ScanJson.read(JsonObject.of(json), NOON))
                .hasMessageContaining(field)
                .hasMessageEndingWith("but is a text of 1000000 characters");
    }

    @Test
    void timesAtTheEdges_areTaken() {
        Scan scan = Examples.scan("FRA", ScanKind.RECEIVED, 0);

        assertThatCode(() -> ScanRules.requireAcceptable(scan, NOON.minus(Duration.ofMinutes(5))))
                .doesNotThrowAnyException();
        assertThatCode(() -> ScanRules.requireAcceptable(scan, NOON.plus(Duration.ofDays(7))))
                .doesNotThrowAnyException();
    }

    /** Times in milliseconds: how old the scan is when it is received, and when it comes into the stream. */
    @ParameterizedTest
    @CsvSource({
        // the greatest age, with the delay into the stream, and put again after weeks
        "604_800_000, 604_800_000",
        "604_800_000, 604_800_020",
        "604_800_000, 2_600_000_000",
        "604_800_000, 32_000_000_000",
        // the latest future time, also when the stream's clock is behind
        "-300_000, -300_000",
        "-300_000, -320_000",
        "-300_000, 2_600_000_000"
    })
    void scanThatWasAccepted_isNeverRefusedLater(String atReceipt, String atArrival) {
        Scan scan = Examples.scan("FRA", ScanKind.RECEIVED, 0);
        Instant receivedAt = NOON.plusMillis(Long.parseLong(atReceipt.replace("_", "")));
        Instant arrivedAt = NOON.plusMillis(Long.parseLong(atArrival.replace("_", "")));

        ScanRules.requireAcceptable(scan, receivedAt);

        assertThat(ScanJson.read(record(scan, receivedAt), arrivedAt)).isEqualTo(scan);
    }

    @Test
    void recordWithoutAReceipt_isMeasuredAgainstItsArrival_withSomeLeeway() {
        Scan scan = Examples.scan("FRA", ScanKind.RECEIVED, 0);
        ByteBuffer data = ByteBuffer.wrap(JsonObject.write(ScanJson.write(scan)).getBytes(StandardCharsets.UTF_8));
        Instant lastMoment = NOON.plus(ScanRules.OLDEST).plus(ScanRules.LEEWAY);

        assertThat(ScanJson.read(data, lastMoment)).isEqualTo(scan);
        assertThatThrownBy(() -> ScanJson.read(data, lastMoment.plusMillis(1))).hasMessageContaining("at most 7 days");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"2026-11-23T12:00:00Z\"", "1795435200000" // as AWS IoT's timestamp() writes it
            })
    void receipt_isReadAsAnInstantAndAsMilliseconds(String receipt) {
        assertThat(ScanJson.read(record(receipt), NOON.plus(Duration.ofDays(30))))
                .isEqualTo(Examples.scan("FRA", ScanKind.RECEIVED, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2027-01-05T12:00:00Z\"", "\"2025-01-01T00:00:00Z\"", "0", "-1", "9223372036854775807", "true",
                "\"yesterday\"", "\"\"", "null", "{}", "[]", "1.5"
            })
    void receiptThatCantBeTrue_isNotLookedAt(String receipt) {
        assertThat(ScanJson.read(record(receipt), NOON)).isEqualTo(Examples.scan("FRA", ScanKind.RECEIVED, 0));
        assertThatThrownBy(() -> ScanJson.read(record(receipt), NOON.plus(Duration.ofDays(8))))
                .hasMessageContaining("at most 7 days ago");
    }

    @Test
    void scanOfTheFuture_isTakenWhenItsTimeHasCome() {
        Scan scan = Examples.scan("FRA", ScanKind.RECEIVED, 0);
        Instant receivedAt = NOON.minus(Duration.ofMinutes(8));

        assertThatThrownBy(() -> ScanJson.read(record(scan, receivedAt), receivedAt))
                .hasMessageContaining("must not be in the future");
        assertThat(ScanJson.read(record(scan, receivedAt), NOON)).isEqualTo(scan);
    }

    @Test
    void receiptInARequest_isNotTrusted() {
        Map<String, Object> json = new LinkedHashMap<>(GOOD);
        json.put("receivedAt", "2026-11-23T12:00:00Z");

        assertThatThrownBy(() -> ScanJson.read(JsonObject.of(json), NOON.plus(Duration.ofDays(8))))
                .hasMessageContaining("at most 7 days ago");
    }

    private static ByteBuffer record(Scan scan, Instant receivedAt) {
        return ByteBuffer.wrap(
                JsonObject.write(ScanJson.write(scan, receivedAt)).getBytes(StandardCharsets.UTF_8));
    }

    /** A scan at noon whose record has a receipt as it is given. */
    private static ByteBuffer record(String receipt) {
        String scan = JsonObject.write(ScanJson.write(Examples.scan("FRA", ScanKind.RECEIVED, 0)));
        return ByteBuffer.wrap((scan.substring(0, scan.length() - 1) + ",\"receivedAt\":" + receipt + "}")
                .getBytes(StandardCharsets.UTF_8));
    }
}
