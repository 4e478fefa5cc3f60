package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HubCounterTest {

    private static final HubTally ONE_IN = new HubTally(1, 0, new TreeMap<>(Map.of(5, 1)));
    private static final HubTally TWO_OUT = new HubTally(0, 2, new TreeMap<>());

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final InMemoryHubFigures figures = new InMemoryHubFigures();
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final HubCounter counter = new HubCounter(parcels, figures, attempts);

    @Test
    void scans_areCountedByTheirHub_andMeasuredAgainstTheirParcelsPlan() {
        // given
        new ParcelRegistrar(parcels, () -> LEVELS, new ParcelAnnouncer(parcels, new FakePublisher()), attempts)
                .register(dispatched());
        ParcelId without = new ParcelId("parcel-without-plan");

        // when
        Map<String, HubTally> tallies = counter.count(
                Map.of("FRA", TWO_OUT),
                List.of(
                        scan("MAD", ScanKind.RECEIVED, 3),
                        scan("MAD", ScanKind.DEPARTED, 30),
                        scan("FRA", ScanKind.RECEIVED, 6 * 60 + 45),
                        scan(without, "FRA", ScanKind.RECEIVED, 1)));

        // then
        assertThat(tallies)
                .isEqualTo(Map.of(
                        "MAD", new HubTally(1, 1, new TreeMap<>(Map.of(3, 1))),
                        "FRA", new HubTally(2, 2, new TreeMap<>(Map.of(45, 1)))));
    }

    @Test
    void arrivalThatIsScannedAgain_passesTheHubTwice_andIsMeasuredOnce() {
        // given
        new ParcelRegistrar(parcels, () -> LEVELS, new ParcelAnnouncer(parcels, new FakePublisher()), attempts)
                .register(dispatched());
        Scan first = scan("MAD", ScanKind.RECEIVED, 3);
        Scan second = scan("MAD", ScanKind.RECEIVED, 300);

        // when
        HubTally together = counter.count(Map.of(), List.of(second, first)).get("MAD");
        parcels.write(parcels.get(first.parcel()).with(first));
        HubTally later = counter.count(Map.of(), List.of(second)).get("MAD");

        // then
        assertThat(together).isEqualTo(new HubTally(2, 0, new TreeMap<>(Map.of(3, 1))));
        assertThat(later).isEqualTo(new HubTally(1, 0, new TreeMap<>()));
    }

    @Test
    void parcelsOfABatch_areReadAtOnce_eachOnce() {
        parcels.calls.clear();

        counter.count(Map.of(), List.of(scan("MAD", ScanKind.RECEIVED, 3), scan("MAD", ScanKind.DEPARTED, 30)));

        assertThat(parcels.calls).containsExactly("find");
    }

    @Test
    void shardsOfTheSameMinute_areAddedUp() {
        counter.keep(NOON, "shard-0", Map.of("FRA", ONE_IN, "MAD", ONE_IN));
        counter.keep(NOON, "shard-1", Map.of("FRA", TWO_OUT));

        assertThat(figures.find("FRA", NOON).total()).isEqualTo(ONE_IN.plus(TWO_OUT));
        assertThat(figures.find("MAD", NOON).total()).isEqualTo(ONE_IN);
        assertThat(figures.find("FRA", NOON.plusSeconds(60)).byShard()).isEmpty();
    }

    @Test
    void duplicateTally_isNotCountedTwice() {
        counter.keep(NOON, "shard-0", Map.of("FRA", ONE_IN));
        counter.keep(NOON, "shard-0", Map.of("FRA", ONE_IN));

        assertThat(figures.find("FRA", NOON).total()).isEqualTo(ONE_IN);
        assertThat(figures.writes).isOne();
    }

    @Test
    void concurrentTalliesOfTwoShards_areBothStored() {
        // given a concurrent write of another shard
        figures.beforeWrite = () -> {
            figures.beforeWrite = () -> {};
            counter.keep(NOON, "shard-1", Map.of("FRA", TWO_OUT));
        };

        // when
        counter.keep(NOON, "shard-0", Map.of("FRA", ONE_IN));

        // then
        assertThat(figures.find("FRA", NOON).total()).isEqualTo(ONE_IN.plus(TWO_OUT));
    }

    @Test
    void functionThatEndsBetweenTwoHubs_isCompletedByTheRetry() {
        // given
        figures.beforeWrite = () -> {
            if (figures.writes == 1) {
                throw new IllegalStateException("throttled");
            }
        };
        Map<String, HubTally> tallies = new TreeMap<>(Map.of("FRA", ONE_IN, "MAD", TWO_OUT));
        assertThatThrownBy(() -> counter.keep(NOON, "shard-0", tallies)).hasMessage("throttled");

        // when
        figures.beforeWrite = () -> {};
        counter.keep(NOON, "shard-0", tallies);

        // then
        assertThat(figures.find("FRA", NOON).total()).isEqualTo(ONE_IN);
        assertThat(figures.find("MAD", NOON).total()).isEqualTo(TWO_OUT);
    }

    @Test
    void parcelThatCantBeRead_isCountedWithoutADelay() {
        parcels.before = (_, _) -> {
            throw new UnreadableParcelsException(
                    Map.of(), Map.of(Examples.PARCEL, new IllegalStateException("no version")));
        };

        assertThat(counter.count(Map.of(), List.of(Examples.scan("FRA", ScanKind.RECEIVED, 400))))
                .isEqualTo(Map.of("FRA", new HubTally(1, 0, new TreeMap<>())));
    }

    @Test
    void tableThatThrottles_failsTheBatch_soThatItIsBroughtAgainWithTheSameState() {
        parcels.before = (_, _) -> {
            throw new IllegalStateException("throttled");
        };

        assertThatThrownBy(() -> counter.count(Map.of(), List.of(scan(PARCEL, "MAD", ScanKind.RECEIVED, 3))))
                .hasMessage("throttled");
    }
}
