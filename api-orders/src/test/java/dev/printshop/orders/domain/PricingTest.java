package dev.printshop.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.CustomerId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricingTest {

    private static final CustomerId ANNA = OrderExamples.newCustomer();

    private final Pricing pricing = new Pricing();

    @Test
    void order_costsItsLinesAndShippingAndVatOnBoth() {
        // when
        Totals totals = price("DE", "print-10x15 100", "poster-30x45 1");

        // then: 15.00 + 9.90, shipping of a poster, and 19 % of 29.40, which is 5.586
        assertThat(totals.net()).isEqualTo(Money.euroCents(2_490));
        assertThat(totals.shipping()).isEqualTo(Money.euroCents(450));
        assertThat(totals.vat()).isEqualTo(Money.euroCents(559));
        assertThat(totals.total()).isEqualTo(Money.euroCents(3_499));
    }

    @ParameterizedTest
    @CsvSource({
        // 19 % of 0.15 + 1.90 = 2.05 are 0.3895; 21 % of 3.80 + 3.90 = 7.70 are 1.617
        "DE, print-10x15 1, 39",
        "NL, print-20x30 2, 162",
        // 24 % of 0.15 + 5.90 = 6.05 are 1.452; 25.5 % of 0.30 + 5.90 = 6.20 are 1.581
        "GR, print-10x15 1, 145",
        "FI, print-10x15 2, 158",
        // 25 % of 1.90 + 5.90 = 7.80 are 1.95; 25 % of 0.40 + 3.90 = 4.30 are 1.075, a half
        "SE, print-20x30 1, 195",
        "DK, print-10x15 1 print-13x18 1, 108"
    })
    void vat_isRoundedHalfUpToACent(String country, String items, long vat) {
        assertThat(price(country, items.split("(?<=\\d) (?=[a-z])")).vat()).isEqualTo(Money.euroCents(vat));
    }

    @Test
    void vat_isRoundedOnceForTheWholeOrder() {
        // 19 % of 2.50 + 1.50 + 1.90 = 5.90 are 1.121; of each, rounded, they would be 0.48 + 0.29 + 0.36 = 1.13
        assertThat(price("DE", "print-13x18 10", "print-10x15 10").vat()).isEqualTo(Money.euroCents(112));
    }

    @ParameterizedTest
    @CsvSource({
        "DE, print-10x15 1, 190",
        "DE, print-10x15 100, 190",
        "DE, poster-30x45 1, 450",
        "DE, poster-30x45 1 canvas-40x60 1 print-10x15 1, 690",
        "FR, print-10x15 1, 390",
        "FR, canvas-40x60 1, 1490",
        "FI, poster-30x45 1, 1490",
        "MT, acrylic-40x60 1, 2290"
    })
    void shipping_dependsOnTheZoneAndTheHeaviestProduct(String country, String items, long shipping) {
        assertThat(price(country, items.split("(?<=\\d) (?=[a-z])")).shipping()).isEqualTo(Money.euroCents(shipping));
    }

    @Test
    void standardRates_areThoseOfTheMemberStates() {
        Map<String, String> rates = new TreeMap<>();
        CsvResource.rows("vat-rates.csv").forEach(row -> rates.put(row[0], row[1]));

        assertThat(rates.toString()).isEqualTo("""
                {AT=2000, BE=2100, BG=2000, CY=1900, CZ=2100, DE=1900, DK=2500, EE=2400, ES=2100, FI=2550, FR=2000, \
                GR=2400, HR=2500, HU=2700, IE=2300, IT=2200, LT=2100, LU=1700, LV=2100, MT=1800, NL=2100, PL=2300, \
                PT=2300, RO=2100, SE=2500, SI=2200, SK=2300}""");
    }

    @Test
    void eachMemberState_hasAShippingZone() {
        assertThat(CsvResource.rows("shipping-zones.csv").stream().map(row -> row[0]))
                .containsExactlyInAnyOrderElementsOf(CsvResource.rows("vat-rates.csv").stream()
                        .map(row -> row[0])
                        .toList());
    }

    @Test
    void eachProduct_isShippedToEachMemberState() {
        for (String[] row : CsvResource.rows("vat-rates.csv")) {
            for (Product product : Catalogue.all().list()) {
                assertThat(price(row[0], product.id() + " 1").shipping().minor())
                        .isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CH", "GB", "US", "EL", "de", ""})
    void countryOutsideTheUnion_isNotDelivered(String country) {
        assertThat(pricing.delivers(country)).isFalse();
    }

    @Test
    void catalogue_findsProductsByTheirId() {
        assertThat(Catalogue.all().find("canvas-40x60"))
                .contains(new Product("canvas-40x60", "Canvas 40 x 60 cm", Money.euroCents(3_990), WeightClass.HEAVY));
        assertThat(Catalogue.all().find("canvas")).isEmpty();
    }

    @Test
    void amountsOfDifferentCurrencies_haveNoSum() {
        Money crowns = new Money(1, Currency.getInstance("SEK"));

        assertThatThrownBy(() -> Money.euroCents(1).plus(crowns))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SEK can't be added to EUR");
    }

    @Test
    void missingResource_isNamed() {
        assertThatThrownBy(() -> CsvResource.rows("no.csv")).hasMessageContaining("no.csv");
    }

    private Totals price(String country, String... items) {
        List<OrderLine> lines = Arrays.stream(items)
                .map(item -> item.split(" ", -1))
                .map(item -> OrderExamples.item(ANNA, "cat.jpg", item[0], Integer.parseInt(item[1])))
                .map(item -> OrderLine.of(
                        item,
                        OrderExamples.version(1),
                        Catalogue.all().find(item.print().productId()).orElseThrow()))
                .toList();
        return pricing.price(lines, country);
    }
}
