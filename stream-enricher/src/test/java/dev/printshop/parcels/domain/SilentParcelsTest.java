package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelDelayed;
import dev.printshop.shared.events.ParcelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SilentParcelsTest {

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakePublisher publisher = new FakePublisher();
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final ParcelRegistrar registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);
    private final ScanEnricher enricher = new ScanEnricher(parcels, () -> LEVELS, announcer, attempts);
    private final SilentParcels silentParcels = new SilentParcels(parcels, parcels, () -> LEVELS, announcer, attempts);

    @Test
    void parcelThatNobodyScannedForHalfAnHourTooLong_isDelayed() {
        registrar.register(dispatched());

        assertThat(search(29).found()).isZero();
        assertThat(search(30).found()).isOne();

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M");
        assertThat(((ParcelDelayed) publisher.published.getFirst()).delay()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void parcelThatWasFound_isFoundAgainAtTheNextLevelOnly() {
        registrar.register(dispatched());
        search(31);

        assertThat(search(119).found()).isZero();
        assertThat(search(121).found()).isOne();
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void parcelThatWasScanned_isExpectedAtItsNextStop() {
        registrar.register(dispatched());
        enricher.enrich(List.of(scan("MAD", ScanKind.RECEIVED, 5)), () -> Duration.ofMinutes(1));

        assertThat(search(6 * 60 + 29).found()).isZero();
        assertThat(search(6 * 60 + 30).found()).isOne();
    }

    @Test
    void whenTimeRunsOut_theNextSearchGoesOnWhereThisOneStopped() {
        // given
        IntStream.range(0, 250).forEach(i -> registrar.register(dispatched(new ParcelId("parcel-%03d".formatted(i)))));
        AtomicInteger timeLeft = new AtomicInteger(120);

        // when
        SilentParcels.Outcome first = silentParcels.search(at(40), () -> timeLeft.getAndDecrement() > 0);
        SilentParcels.Outcome second = search(40);

        // then
        assertThat(first.complete()).isFalse();
        assertThat(second.complete()).isTrue();
        assertThat(first.found()).isPositive();
        assertThat(first.found() + second.found()).isEqualTo(250);
        assertThat(publisher.published).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void parcelThatFails_isLeftToTheNextSearch_andStopsNoOther() {
        registrar.register(dispatched());
        registrar.register(dispatched(new ParcelId("parcel-2")));
        parcels.before = (call, ids) -> {
            if (call.equals("write") && ids.contains(PARCEL)) {
                throw new IllegalStateException("throttled");
            }
        };

        SilentParcels.Outcome outcome = search(40);

        assertThat(outcome.found()).isOne();
        assertThat(outcome.failures()).containsOnlyKeys(PARCEL);
        parcels.before = (_, _) -> {};
        assertThat(search(40).found()).isOne();
        assertThat(publisher.published).hasSize(2);
    }

    @Test
    void searchThatDiesBetweenStateAndEvent_isMadeGoodByTheNextScanOrLevel() {
        registrar.register(dispatched());
        publisher.refusals = 1;
        assertThat(search(40).failures()).hasSize(1);

        enricher.enrich(List.of(scan("MAD", ScanKind.RECEIVED, 41)), () -> Duration.ofMinutes(1));

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M");
    }

    private SilentParcels.Outcome search(long minutesAfterNoon) {
        return silentParcels.search(at(minutesAfterNoon), () -> true);
    }

    private static Instant at(long minutesAfterNoon) {
        return NOON.plus(Duration.ofMinutes(minutesAfterNoon));
    }
}
