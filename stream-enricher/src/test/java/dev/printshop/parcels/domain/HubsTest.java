package dev.printshop.parcels.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubsTest {

    @Test
    void hubsOfThePackage_haveAllFields() {
        assertThat(Hubs.all().list())
                .extracting(Hub::code)
                .containsAll(
                        List.of("AMS", "BER", "CPH", "FRA", "LHR", "MAD", "MUC", "MXP", "PAR", "VIE", "WAW", "ZRH"));
        assertThat(Hubs.all().list())
                .filteredOn(hub -> !hub.open())
                .extracting(Hub::code)
                .containsExactly("OSL");
        assertThat(Hubs.all().list()).allSatisfy(hub -> {
            assertThat(hub.city()).isNotBlank();
            assertThat(hub.country()).matches("[A-Z]{2}");
            assertThat(hub.latitude()).isBetween(35.0, 65.0);
            assertThat(hub.longitude()).isBetween(-12.0, 30.0);
            assertThat(hub.zone().getId()).startsWith("Europe/");
        });
    }

    @Test
    void unknownHub_isRefusedWithTheOnesThatThereAre() {
        assertThat(Hubs.all().find("XYZ")).isEmpty();
        assertThatThrownBy(() -> Hubs.all().get("XYZ"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hubCode must be one of [AMS")
                .hasMessageEndingWith("but is 'XYZ'");
    }

    @Test
    void hubOfStoredData_isFoundByItsCode_evenIfItIsNotListed() {
        Hub gone = Hubs.all().stored("XYZ");

        assertThat(gone.code()).isEqualTo("XYZ");
        assertThat(gone.city()).isEqualTo("XYZ");
        assertThat(gone.open()).isFalse();
        assertThat(gone.distanceKmTo(Hubs.all().get("FRA"))).isEmpty();
        assertThat(Hubs.all().get("FRA").distanceKmTo(gone)).isEmpty();
        assertThat(Hubs.all().stored("OSL").city()).isEqualTo("Oslo");
        assertThat(Hubs.all().stored("FRA")).isEqualTo(Hubs.all().get("FRA"));
    }

    /**
     * Distances between the airports in km, according to the Great Circle Mapper (gcmap.com); this code assumes a
     * sphere.
     */
    @ParameterizedTest
    @CsvSource({"LHR, FRA, 655", "MAD, FRA, 1421", "FRA, CPH, 678", "AMS, WAW, 1095", "FRA, FRA, 0"})
    void distance_isTheGreatCircles(String from, String to, double km) {
        assertThat(Hubs.all().get(from).distanceKmTo(Hubs.all().get(to)).orElseThrow())
                .isBetween(km * 0.99 - 1, km * 1.01 + 1);
    }
}
