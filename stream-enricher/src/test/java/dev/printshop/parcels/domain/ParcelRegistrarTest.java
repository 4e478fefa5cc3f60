package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.LIMITS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.PROMISED;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static dev.printshop.parcels.domain.Examples.hub;
import static dev.printshop.parcels.domain.Examples.plan;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.RouteStop;
import dev.printshop.parcels.domain.ParcelRegistrar.Outcome;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
        // given the hub was open when the plan arrived
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

    @Test
    void parcelThatIsScannedWhileItsHistoryIsRead_getsItsPlan_andAllItsScansCount() {
        // given a history that takes so long to read that another scan arrives each time
        ScanEnricher enricher = new ScanEnricher(
                parcels,
                () -> LEVELS,
                new ParcelAnnouncer(parcels, new FakePublisher()),
                new OptimisticAttempts(_ -> {}));
        AtomicInteger minutes = new AtomicInteger();
        parcels.after = (call, _) -> {
            if (call.equals("history")) {
                enricher.enrich(
                        List.of(scan("MAD", ScanKind.RECEIVED, minutes.incrementAndGet())), () -> Integer.MAX_VALUE);
            }
        };

        // when
        assertThat(registrar.register(dispatched())).isEqualTo(Outcome.REGISTERED);

        // then
        assertThat(minutes).hasValue(2);
        assertThat(parcels.get(PARCEL))
                .usingRecursiveComparison()
                .ignoringFields("version", "overdueAt")
                .isEqualTo(Parcel.unknown(PARCEL).with(plan(), parcels.scansOf(PARCEL)));
    }

    @Test
    void registrationInterruptedAfterThePlan_isCompletedByTheRetry() {
        // given an old scan that was stored while the plan was written
        List<Scan> later = List.of(
                scan("WAW", ScanKind.RECEIVED, 400),
                scan("WAW", ScanKind.RECEIVED, 401),
                scan("WAW", ScanKind.RECEIVED, 402));
        later.forEach(scan -> parcels.write(parcels.get(PARCEL).with(scan)));
        parcels.keep(later);
        parcels.before = (call, _) -> {
            if (call.equals("write")) {
                parcels.keep(List.of(scan("MAD", ScanKind.RECEIVED, 125)));
            }
        };
        parcels.after = (call, _) -> {
            if (call.equals("write")) {
                throw new IllegalStateException("died");
            }
        };
        assertThatThrownBy(() -> registrar.register(dispatched())).hasMessage("died");
        parcels.before = (_, _) -> {};
        parcels.after = (_, _) -> {};

        // when
        registrar.register(dispatched());

        // then
        assertThat(DelayPolicy.worstDelay(parcels.get(PARCEL))).isEqualTo(Duration.ofMinutes(125));
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
