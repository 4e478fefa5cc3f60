package dev.printshop.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.RouteStop;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final ParcelId PARCEL = new ParcelId("parcel-7Qm2xWv9Kd");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void parcelToFrance_passesThreeHubs_andIsPromisedADayAfterTheLast() {
        assertThat(Routes.to("FR").ship(PARCEL, NOON))
                .isEqualTo(new Shipment(
                        PARCEL,
                        List.of(
                                new RouteStop("BER", Instant.parse("2026-11-25T16:00:00Z")),
                                new RouteStop("FRA", Instant.parse("2026-11-26T02:00:00Z")),
                                new RouteStop("PAR", Instant.parse("2026-11-26T12:00:00Z"))),
                        Instant.parse("2026-11-27T12:00:00Z")));
    }

    @Test
    void everyCountryOfDelivery_hasARouteThatCanBeAnnounced() {
        Map<String, Route> routes = Routes.byCountry();

        assertThat(routes.keySet())
                .hasSize(27)
                .containsExactlyInAnyOrderElementsOf(CsvResource.rows("shipping-zones.csv").stream()
                        .map(row -> row[0])
                        .toList());
        assertThat(routes).allSatisfy((country, route) -> {
            Shipment shipment = route.ship(PARCEL, NOON);
            assertThat(route.legs())
                    .hasSizeBetween(2, 4)
                    .extracting(Route.Leg::hubCode)
                    .startsWith("BER");
            assertThat(route.delivery()).isPositive();
            // The event refuses routes that make no sense.
            assertThat(new ParcelDispatched(
                            PARCEL,
                            Optional.empty(),
                            shipment.route(),
                            shipment.promisedAt(),
                            ParcelDispatcher.LIMITS_OF_PRINTS))
                    .as(country)
                    .isNotNull();
        });
    }

    @Test
    void countryOutside_isRefused() {
        assertThatThrownBy(() -> Routes.to("NO"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NO");
    }
}
