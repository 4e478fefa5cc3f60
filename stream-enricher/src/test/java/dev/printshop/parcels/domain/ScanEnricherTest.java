package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanEnricherTest {

    private static final ParcelId OTHER = new ParcelId("parcel-2");

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakePublisher publisher = new FakePublisher();
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final ScanEnricher enricher = new ScanEnricher(parcels, () -> LEVELS, announcer, attempts);
    private final ParcelRegistrar registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);

    private final Scan late = scan("MAD", ScanKind.RECEIVED, 150);

    @Test
    void lateScan_isStoredAndAnnounced() {
        registrar.register(dispatched());

        assertThat(enrich(List.of(late))).isEmpty();

        assertThat(parcels.scansOf(PARCEL)).containsExactly(late);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
        assertThat(parcels.get(PARCEL).announced()).containsExactlyInAnyOrder("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void duplicateScan_changesNothingAndIsNotAnnouncedAgain() {
        registrar.register(dispatched());
        enrich(List.of(late));
        long version = parcels.get(PARCEL).version();

        assertThat(enrich(List.of(late, late))).isEmpty();

        assertThat(parcels.get(PARCEL).version()).isEqualTo(version);
        assertThat(parcels.scansOf(PARCEL)).hasSize(1);
        assertThat(publisher.published).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scanOfTheSameIdAndTimeWithOtherContent_isRefused_andHistoryAndStateHaveTheFirst(boolean atOnce) {
        // given
        registrar.register(dispatched());
        Scan first = scan("MAD", ScanKind.RECEIVED, 5);
        Scan second = new Scan(
                first.scanId(), PARCEL, Examples.hub("CPH"), ScanKind.DELIVERED, first.scannedAt(), Condition.UNKNOWN);

        // when
        List<Scan> refused = new ArrayList<>();
        for (List<Scan> batch : atOnce ? List.of(List.of(first, second)) : List.of(List.of(first), List.of(second))) {
            ScanEnricher.Result result = enricher.enrich(batch, () -> Integer.MAX_VALUE);
            assertThat(result.failures()).isEmpty();
            refused.addAll(result.refused());
        }

        // then
        assertThat(refused).containsExactly(second);
        assertThat(parcels.scansOf(PARCEL)).containsExactly(first);
        assertThat(parcels.get(PARCEL).latestScans()).containsExactly(first);
        assertThat(parcels.get(PARCEL).delivery()).isEmpty();
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void scansOutOfOrder_makeTheStateOfTheLatest() {
        registrar.register(dispatched());

        enrich(List.of(scan("FRA", ScanKind.RECEIVED, 360)));
        enrich(List.of(scan("MAD", ScanKind.DEPARTED, 60), scan("MAD", ScanKind.RECEIVED, 0)));

        assertThat(parcels.get(PARCEL).status()).contains(ParcelStatus.AT_HUB);
        assertThat(parcels.get(PARCEL).latestScans().getFirst().hub().code()).isEqualTo("FRA");
        assertThat(parcels.scansOf(PARCEL)).hasSize(3).isSortedAccordingTo(Scan.BY_TIME);
    }

    @Test
    void scansBeforeThePlan_areKeptAndMeasuredWhenItComes() {
        enrich(List.of(late));
        assertThat(publisher.published).isEmpty();

        registrar.register(dispatched());

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void scansThatComeAgainBeforeThePlan_areNotWrittenAgain() {
        enrich(List.of(late));
        parcels.calls.clear();

        enrich(List.of(late));

        assertThat(parcels.calls).containsExactly("keep", "find");
    }

    @Test
    void oldScanThatComesBetweenTheReadingAndTheWritingOfThePlan_isMeasuredAllTheSame() {
        // given three later scans, so that the old one doesn't change the parcel's stored scans
        enrich(List.of(
                scan("FRA", ScanKind.DEPARTED, 400),
                scan("FRA", ScanKind.DEPARTED, 401),
                scan("FRA", ScanKind.DEPARTED, 402)));
        AtomicBoolean once = new AtomicBoolean();
        parcels.before = (call, _) -> {
            if (call.equals("write") && once.compareAndSet(false, true)) {
                enrich(List.of(late));
            }
        };

        // when
        registrar.register(dispatched());

        // then
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void parcelThatOthersWriteAtTheSameTime_losesNeitherChange() {
        registrar.register(dispatched());
        AtomicBoolean once = new AtomicBoolean();
        parcels.before = (call, _) -> {
            if (call.equals("write") && once.compareAndSet(false, true)) {
                enrich(List.of(scan("FRA", ScanKind.RECEIVED, 360)));
            }
        };

        assertThat(enrich(List.of(late))).isEmpty();

        assertThat(parcels.get(PARCEL).latestScans()).hasSize(2);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void busThatTakesNothing_failsTheParcelsWithNewEvents_andTheRetryAnnouncesThem() {
        registrar.register(dispatched());
        publisher.refusals = 1;

        Map<ParcelId, RuntimeException> failures = enrich(List.of(scan(OTHER, "MAD", ScanKind.RECEIVED, 0), late));

        assertThat(failures).containsOnlyKeys(PARCEL);
        assertThat(publisher.published).isEmpty();
        assertThat(enrich(List.of(late))).isEmpty();
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void busThatRefusesOneParcelsEvents_failsThatOneOnly_andTheOthersAreNotAnnouncedAgain() {
        // given
        registrar.register(dispatched());
        registrar.register(dispatched(OTHER));
        publisher.refuses = event -> event.parcel().equals(PARCEL);
        List<Scan> scans = List.of(late, scan(OTHER, "MAD", ScanKind.RECEIVED, 150));

        // when
        Map<ParcelId, RuntimeException> failures = enrich(scans);

        // then
        assertThat(failures).containsOnlyKeys(PARCEL);
        assertThat(parcels.get(OTHER).announced()).containsExactlyInAnyOrder("DELAYED#PT30M", "DELAYED#PT2H");

        // when the whole batch is retried
        publisher.refuses = _ -> false;
        assertThat(enrich(scans)).isEmpty();

        // then each was announced once
        assertThat(publisher.published).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void busThatRefusesOneOfAParcelsEvents_getsOnlyThatOneOnRetry() {
        registrar.register(dispatched());
        publisher.refuses = event -> event.key().equals("DELAYED#PT30M");
        assertThat(enrich(List.of(late))).containsOnlyKeys(PARCEL);
        publisher.refuses = _ -> false;

        assertThat(enrich(List.of(late))).isEmpty();

        assertThat(publisher.keys()).containsExactly("DELAYED#PT2H", "DELAYED#PT30M");
    }

    @Test
    void functionThatEndsBetweenStateAndEvent_leavesTheEventToTheRetry() {
        registrar.register(dispatched());
        publisher.refusals = 1; // like a crash: the state is written, and nothing is announced
        enrich(List.of(late));
        assertThat(DelayPolicy.worstDelay(parcels.get(PARCEL))).isPositive();
        assertThat(parcels.get(PARCEL).announced()).isEmpty();

        enrich(List.of(late));

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void functionThatEndsBetweenEventAndItsMark_announcesItAgain_withTheSameKey() {
        registrar.register(dispatched());
        parcels.before = (call, _) -> {
            if (call.equals("markAnnounced")) {
                throw new IllegalStateException("died");
            }
        };
        assertThat(enrich(List.of(late))).containsOnlyKeys(PARCEL);
        parcels.before = (_, _) -> {};

        assertThat(enrich(List.of(late))).isEmpty();

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H", "DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void tableThatThrottlesOneParcel_failsThatOneOnly() {
        parcels.before = (call, ids) -> {
            if (call.equals("write") && ids.contains(PARCEL)) {
                throw new TransientFailureException("throttled");
            }
        };

        assertThat(enrich(List.of(late, scan(OTHER, "MAD", ScanKind.RECEIVED, 0))))
                .containsOnlyKeys(PARCEL);
        assertThat(parcels.get(OTHER).status()).contains(ParcelStatus.AT_HUB);
    }

    @Test
    void tableThatLeavesOneParcelsScansOut_failsThatOneOnly() {
        parcels.before = (call, ids) -> {
            if (call.equals("keep") && ids.contains(PARCEL)) {
                throw new TransientFailureException("throttled");
            }
        };

        assertThat(enrich(List.of(late, scan(OTHER, "MAD", ScanKind.RECEIVED, 0))))
                .containsOnlyKeys(PARCEL);
        assertThat(parcels.get(PARCEL).version()).as("not ahead of its history").isZero();
        assertThat(parcels.get(OTHER).status()).contains(ParcelStatus.AT_HUB);
    }

    @Test
    void tableThatCantReadAHundredParcels_failsThoseOnly() {
        List<Scan> scans = IntStream.range(0, 150)
                .mapToObj(i -> scan(new ParcelId("parcel-%03d".formatted(i)), "MAD", ScanKind.RECEIVED, 0))
                .toList();
        parcels.before = (call, ids) -> {
            if (call.equals("find") && ids.size() == 100) {
                throw new TransientFailureException("throttled");
            }
        };

        assertThat(enrich(scans))
                .containsOnlyKeys(
                        scans.subList(0, 100).stream().map(Scan::parcel).toArray(ParcelId[]::new));
        assertThat(parcels.get(scans.getFirst().parcel()).version()).isZero();
        assertThat(parcels.get(scans.getLast().parcel()).status()).contains(ParcelStatus.AT_HUB);
    }

    @Test
    void parcelThatCantBeRead_failsAlone() {
        registrar.register(dispatched());
        parcels.before = (call, ids) -> {
            if (call.equals("find") && ids.contains(OTHER)) {
                throw new UnreadableParcelsException(
                        Map.of(PARCEL, parcels.get(PARCEL)), Map.of(OTHER, new IllegalStateException("no version")));
            }
        };

        assertThat(enrich(List.of(late, scan(OTHER, "MAD", ScanKind.RECEIVED, 0))))
                .containsOnlyKeys(OTHER);

        assertThat(parcels.scansOf(PARCEL)).containsExactly(late);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
        assertThat(parcels.scansOf(OTHER)).as("kept for the repetition").hasSize(1);
    }

    @Test
    void timeThatRunsOut_failsTheParcelsThatWereNotReached_andAnnouncesTheOthers() {
        registrar.register(dispatched());
        registrar.register(dispatched(OTHER));
        parcels.calls.clear();

        Map<ParcelId, RuntimeException> failures = enricher.enrich(
                        List.of(late, scan(OTHER, "MAD", ScanKind.RECEIVED, 150)),
                        () -> parcels.calls.contains("write")
                                ? ScanEnricher.CALLS_FOR_A_PARCEL - 1
                                : ScanEnricher.CALLS_FOR_A_PARCEL)
                .failures();

        assertThat(failures).containsOnlyKeys(OTHER);
        assertThat(failures.get(OTHER)).hasMessage("No time left");
        assertThat(publisher.published)
                .hasSize(2)
                .allMatch(event -> event.parcel().equals(PARCEL));
        assertThat(parcels.get(PARCEL).announced()).hasSize(2);
    }

    @Test
    void timeThatRunsOutWhileEventsAreMarked_failsTheParcelsThatAreNot_andTheirEventsGoOutAgain() {
        // given
        registrar.register(dispatched());
        registrar.register(dispatched(OTHER));
        List<Scan> scans = List.of(late, scan(OTHER, "MAD", ScanKind.RECEIVED, 150));

        // when
        Map<ParcelId, RuntimeException> failures = enricher.enrich(
                        scans,
                        () -> parcels.calls.contains("markAnnounced")
                                ? ParcelAnnouncer.CALLS_FOR_A_MARK - 1
                                : ScanEnricher.CALLS_FOR_A_PARCEL)
                .failures();

        // then
        assertThat(failures).containsOnlyKeys(OTHER);
        assertThat(failures.get(OTHER)).hasMessageStartingWith("No time left to mark");
        assertThat(parcels.get(PARCEL).announced()).hasSize(2);
        assertThat(parcels.get(OTHER).announced()).isEmpty();

        // and the retry announces the unmarked one again, with the same keys
        publisher.published.clear();
        assertThat(enrich(scans)).isEmpty();
        assertThat(publisher.published)
                .isNotEmpty()
                .allMatch(event -> event.parcel().equals(OTHER));
        assertThat(parcels.get(OTHER).announced()).isNotEmpty();
    }

    @Test
    void writeWhoseAnswerIsLost_isFoundDoneByTheRepetition() {
        registrar.register(dispatched());
        parcels.after = (call, _) -> {
            if (call.equals("write")) {
                throw new TransientFailureException("no answer");
            }
        };
        assertThat(enrich(List.of(late))).containsOnlyKeys(PARCEL);
        assertThat(publisher.published).isEmpty();
        long version = parcels.get(PARCEL).version();
        parcels.after = (_, _) -> {};

        assertThat(enrich(List.of(late))).isEmpty();

        assertThat(parcels.get(PARCEL).version()).isEqualTo(version);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    /** The client retries a call without an answer, and the second time the condition on the version fails. */
    @Test
    void writeThatTheClientSendsTwice_isFoundDone_andAnnouncedOnce() {
        registrar.register(dispatched());
        AtomicBoolean once = new AtomicBoolean();
        parcels.after = (call, _) -> {
            if (call.equals("write") && once.compareAndSet(false, true)) {
                throw new ConcurrentChangeException("written since, by its first sending");
            }
        };

        assertThat(enrich(List.of(late))).isEmpty();

        assertThat(parcels.get(PARCEL).version()).isEqualTo(2);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void hundredScansOfTenParcels_areReadInOneCallAndKeptInOne() {
        List<Scan> scans = IntStream.range(0, 100)
                .mapToObj(i -> scan(new ParcelId("parcel-%03d".formatted(i % 10)), "MAD", ScanKind.RECEIVED, i))
                .toList();

        enrich(scans);

        assertThat(parcels.calls).containsOnly("find", "keep", "write").hasSize(12);
    }

    // -- Registrar
    // -----------------------------------------------------------------------------------------------------

    @Test
    void planThatComesTwice_isRegisteredOnce() {
        assertThat(registrar.register(dispatched())).isEqualTo(ParcelRegistrar.Outcome.REGISTERED);
        assertThat(registrar.register(dispatched())).isEqualTo(ParcelRegistrar.Outcome.REGISTERED);

        assertThat(parcels.get(PARCEL).version()).isEqualTo(1);
    }

    @Test
    void otherPlanForAParcel_isNotTaken() {
        registrar.register(dispatched());
        ParcelDispatched first = dispatched();
        ParcelDispatched other = new ParcelDispatched(
                first.parcel(),
                first.orderId(),
                first.route(),
                first.promisedAt().plusSeconds(60),
                first.conditionLimits());

        assertThat(registrar.register(other)).isEqualTo(ParcelRegistrar.Outcome.OTHER_PLAN_KEPT);
        assertThat(parcels.get(PARCEL).plan()).contains(Examples.plan());
    }

    @Test
    void planWithUnannouncedEvents_announcesThemOnRetry() {
        enrich(List.of(late));
        publisher.refusals = 1;
        assertThatThrownBy(() -> registrar.register(dispatched())).hasMessage("the bus throttles");

        registrar.register(dispatched());

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    private Map<ParcelId, RuntimeException> enrich(List<Scan> scans) {
        return enricher.enrich(scans, () -> Integer.MAX_VALUE).failures();
    }
}
