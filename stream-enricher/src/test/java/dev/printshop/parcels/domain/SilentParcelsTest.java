package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelEventPublisher;
import dev.printshop.events.parcels.ParcelEventsNotPublishedException;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilentParcelsTest {

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakePublisher publisher = new FakePublisher();
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final ParcelRegistrar registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);
    private final ScanEnricher enricher = new ScanEnricher(parcels, () -> LEVELS, announcer, attempts);
    private final SilentParcels silentParcels =
            new SilentParcels(parcels, parcels, () -> this.levels, announcer, attempts);
    private DelayLevels levels = LEVELS;

    @Test
    void parcelWithoutAScanForHalfAnHourTooLong_isDelayed() {
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
        enricher.enrich(List.of(scan("MAD", ScanKind.RECEIVED, 5)), () -> Integer.MAX_VALUE);

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
    void parcelThatFails_isLeftToTheNextSearch_andDoesNotStopOthers() {
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
    void parcelThatCantBeRead_failsAlone() {
        ParcelId other = new ParcelId("parcel-2");
        registrar.register(dispatched());
        registrar.register(dispatched(other));
        parcels.before = (call, ids) -> {
            if (call.equals("find") && ids.contains(other)) {
                throw new UnreadableParcelsException(
                        Map.of(PARCEL, parcels.get(PARCEL)), Map.of(other, new IllegalStateException("no version")));
            }
        };

        SilentParcels.Outcome outcome = search(40);

        assertThat(outcome.found()).isOne();
        assertThat(outcome.failures()).containsOnlyKeys(other);
    }

    @Test
    void busThatFailsOnce_leavesTheParcelDue_andTheNextSearchAnnounces() {
        registrar.register(dispatched());
        publisher.refusals = 1;
        assertThat(search(24 * 60).failures()).hasSize(1);
        assertThat(publisher.keys()).isEmpty();

        assertThat(search(24 * 60).found()).isOne();

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H", "DELAYED#PT24H");
    }

    @Test
    void busThatIsOutOfReach_endsTheSearch_andIsNotCalledForEachParcel() {
        IntStream.range(0, 250).forEach(i -> registrar.register(dispatched(new ParcelId("parcel-%03d".formatted(i)))));
        publisher.refusals = 250;

        SilentParcels.Outcome outcome = search(40);

        assertThat(publisher.refusals).as("asked once").isEqualTo(249);
        assertThat(outcome.failures()).hasSize(1);
        assertThat(outcome.complete()).isFalse();
        assertThat(outcome.interruption())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("the bus throttles"));
    }

    @Test
    void permanentlyRefusedEvent_doesNotStopOtherParcels() {
        registrar.register(dispatched());
        registrar.register(dispatched(new ParcelId("parcel-2")));
        ParcelEventPublisher refusing = events -> {
            if (events.getFirst().parcel().equals(PARCEL)) {
                throw new ParcelEventsNotPublishedException("MalformedDetail", List.copyOf(events), null);
            }
            publisher.publish(events);
        };

        SilentParcels.Outcome outcome = new SilentParcels(
                        parcels, parcels, () -> LEVELS, new ParcelAnnouncer(parcels, refusing), attempts)
                .search(at(40), () -> true);

        assertThat(outcome.failures()).containsOnlyKeys(PARCEL);
        assertThat(outcome.found()).isOne();
        assertThat(outcome.complete()).isTrue();
    }

    @Test
    void pageThatCantBeRead_isNotComplete_andTheNextPageIsRead() {
        IntStream.range(0, 150).forEach(i -> registrar.register(dispatched(new ParcelId("parcel-%03d".formatted(i)))));
        List<ParcelId> firstPage = new ArrayList<>();
        parcels.before = (call, ids) -> {
            if (call.equals("find") && firstPage.isEmpty()) {
                firstPage.addAll(ids);
                throw new IllegalStateException("throttled");
            }
        };

        SilentParcels.Outcome outcome = search(40);

        assertThat(outcome.complete()).isFalse();
        assertThat(firstPage).hasSizeBetween(2, 100);
        assertThat(outcome.failures()).containsOnlyKeys(firstPage);
        assertThat(outcome.interruption())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("throttled"));
        assertThat(outcome.found()).isEqualTo(150 - firstPage.size());
    }

    @Test
    void levelsThatCantBeRead_interruptTheSearch() {
        SilentParcels withoutLevels = new SilentParcels(
                parcels,
                parcels,
                () -> {
                    throw new IllegalStateException("the Parameter Store throttles");
                },
                announcer,
                attempts);

        SilentParcels.Outcome outcome = withoutLevels.search(at(40), () -> true);

        assertThat(outcome.complete()).isFalse();
        assertThat(outcome.interruption()).isPresent();
    }

    @Test
    void indexThatCantBeRead_interruptsTheSearch_andWhatWasFoundCounts() {
        registrar.register(dispatched());
        OverdueParcels failingAfterAPage = (until, page) -> {
            parcels.overdue(until, page);
            throw new IllegalStateException("segment 7 throttles");
        };

        SilentParcels.Outcome outcome = new SilentParcels(parcels, failingAfterAPage, () -> LEVELS, announcer, attempts)
                .search(at(40), () -> true);

        assertThat(outcome.found()).isOne();
        assertThat(outcome.complete()).isFalse();
        assertThat(outcome.interruption())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("segment 7 throttles"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after write", "before markAnnounced", "after markAnnounced"})
    void functionThatEndsEarly_leavesTheParcelDue_untilAllIsAnnounced(String point) {
        registrar.register(dispatched());
        dieOnce(point);
        assertThatThrownBy(() -> search(24 * 60)).isInstanceOf(Death.class);

        search(24 * 60);

        assertThat(publisher.keys()).contains("DELAYED#PT30M", "DELAYED#PT2H", "DELAYED#PT24H");
        assertThat(parcels.get(PARCEL).announced()).hasSize(3);
        assertThat(parcels.get(PARCEL).overdueAt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"after write", "before markAnnounced"})
    void interruptedEnrichmentWithoutRetry_isCompletedByTheNextSearch(String point) {
        registrar.register(dispatched());
        dieOnce(point);
        Scan late = scan("MAD", ScanKind.RECEIVED, 45);
        assertThatThrownBy(() -> enricher.enrich(List.of(late), () -> Integer.MAX_VALUE))
                .isInstanceOf(Death.class);

        assertThat(search(0).found()).isOne();

        assertThat(publisher.keys()).contains("DELAYED#PT30M");
        assertThat(search(0).found()).isZero();
    }

    @Test
    void parcelWithAllLevelsAnnounced_isNotLookedAtAnyMore() {
        registrar.register(dispatched());
        search(25 * 60);
        parcels.calls.clear();

        assertThat(search(26 * 60).found()).isZero();

        assertThat(parcels.calls).containsExactly("overdue");
    }

    @Test
    void parcelsThatWaitForTheirNextLevel_areReadTogether_andNotWritten() {
        IntStream.range(0, 250).forEach(i -> registrar.register(dispatched(new ParcelId("parcel-%03d".formatted(i)))));
        search(31);
        parcels.calls.clear();

        assertThat(search(60).found()).isZero();

        assertThat(parcels.calls).containsOnly("overdue", "find").hasSizeLessThan(6);
    }

    @Test
    void levelThatIsLowered_countsForParcelsThatWereRegisteredBefore() {
        registrar.register(dispatched());
        levels = DelayLevels.parse("PT10M,PT24H");

        assertThat(search(9).found()).isZero();
        assertThat(search(10).found()).isOne();

        assertThat(publisher.keys()).containsExactly("DELAYED#PT10M");
    }

    @Test
    void levelThatIsAddedBetweenOthers_countsForParcelsThatAreSilentAlready() {
        registrar.register(dispatched());
        search(31);
        levels = DelayLevels.parse("PT30M,PT1H,PT24H");

        assertThat(search(60).found()).isOne();

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT1H");
    }

    @Test
    void levelThatIsRaised_countsForParcelsThatWereRegisteredBefore() {
        registrar.register(dispatched());
        levels = DelayLevels.parse("PT1H");

        assertThat(search(59).found()).isZero();
        assertThat(search(60).found()).isOne();
    }

    @Test
    void parcelThatIsWrittenBeforeItsEventsAreMarked_staysDueForTheOtherWriter() {
        // given a search that announces while a scan arrives whose own announcement fails
        registrar.register(dispatched());
        AtomicBoolean once = new AtomicBoolean();
        parcels.before = (call, _) -> {
            if (call.equals("markAnnounced") && once.compareAndSet(false, true)) {
                parcels.write(ParcelEvents.withOverdueAt(
                        parcels.get(PARCEL).with(scan("MAD", ScanKind.RECEIVED, 125)), LEVELS));
            }
        };
        search(31);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M");

        assertThat(search(31).found()).isOne();

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    /** Simulates the end of the process: no code catches it. */
    private static final class Death extends Error {}

    private void dieOnce(String point) {
        AtomicBoolean once = new AtomicBoolean();
        InMemoryParcels.Trouble death = (call, _) -> {
            if (point.endsWith(call) && once.compareAndSet(false, true)) {
                throw new Death();
            }
        };
        if (point.startsWith("before")) {
            parcels.before = death;
        } else {
            parcels.after = death;
        }
    }

    private SilentParcels.Outcome search(long minutesAfterNoon) {
        return silentParcels.search(at(minutesAfterNoon), () -> true);
    }

    private static Instant at(long minutesAfterNoon) {
        return NOON.plus(Duration.ofMinutes(minutesAfterNoon));
    }
}
