package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.orders.domain.Route;
import dev.printshop.orders.domain.Routes;
import dev.printshop.parcels.domain.Hub;
import dev.printshop.parcels.domain.Hubs;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The orders API sends parcels only through hubs that are open to the module that tracks them. */
@Tag("contract")
class RoutesOfParcelsTest {

    @ParameterizedTest
    @MethodSource("routes")
    void route_passesOpenHubsOnly(Map.Entry<String, Route> route) {
        Set<String> open =
                Hubs.all().list().stream().filter(Hub::open).map(Hub::code).collect(Collectors.toSet());

        assertThat(open)
                .as("hubs on the way to %s", route.getKey())
                .containsAll(
                        route.getValue().legs().stream().map(Route.Leg::hubCode).toList());
    }

    static Set<Map.Entry<String, Route>> routes() {
        return Routes.byCountry().entrySet();
    }
}
