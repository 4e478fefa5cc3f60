package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.LIMITS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.PROMISED;
import static dev.printshop.parcels.domain.Examples.hub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.parcels.domain.ParcelRegistrar.Outcome;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelDispatched;
import dev.printshop.shared.events.RouteStop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParcelRegistrarTest {

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final ParcelRegistrar registrar = new ParcelRegistrar(
            parcels, () -> LEVELS, new ParcelAnnouncer(parcels, new FakePublisher()), new OptimisticAttempts(_ -> {}));

    @Test
    void planOverAClosedHub_isRefused() {
        assertThatThrownBy(() -> registrar.register(by("OSL")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("route must pass hubs that are open, but OSL (Oslo) is closed");
        assertThat(parcels.get(PARCEL).plan()).isEmpty();
    }

    @Test
    void planOverAHubThatDoesNotExist_isRefused() {
        assertThatThrownBy(() -> registrar.register(by("XYZ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hubCode must be one of [AMS");
    }

    @Test
    void planThatIsRepeatedAfterItsHubClosed_isRegisteredAsBefore() {
        // given the hub was open when the plan came
        ParcelPlan plan = new ParcelPlan(
                Optional.of("order-1"),
                List.of(
                        new ParcelPlan.Stop(hub("OSL"), NOON),
                        new ParcelPlan.Stop(hub("FRA"), NOON.plus(Duration.ofHours(6)))),
                PROMISED,
                LIMITS);
        parcels.write(Parcel.unknown(PARCEL).with(plan, List.of()));

        // then
        assertThat(registrar.register(by("OSL"))).isEqualTo(Outcome.REGISTERED);
    }

    private static ParcelDispatched by(String hubCode) {
        return new ParcelDispatched(
                PARCEL,
                Optional.of("order-1"),
                List.of(new RouteStop(hubCode, NOON), new RouteStop("FRA", NOON.plus(Duration.ofHours(6)))),
                PROMISED,
                LIMITS);
    }
}
