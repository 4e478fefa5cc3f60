package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.dispatched;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelDispatched;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ScanEnricherTest {

    private static final List<ScanKind> KINDS = List.of(ScanKind.values());

    private static final ParcelId OTHER = new ParcelId("parcel-2");

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakePublisher publisher = new FakePublisher();
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final ScanEnricher enricher = new ScanEnricher(parcels, () -> LEVELS, announcer, attempts);
    private final ParcelRegistrar registrar = new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts);

    private final Scan late = scan("MAD", ScanKind.RECEIVED, 150);

    @Test
    void lateScan_isKeptAndTold() {
        registrar.register(dispatched());

        assertThat(enricher.enrich(List.of(late))).isEmpty();

        assertThat(parcels.scansOf(PARCEL)).containsExactly(late);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
        assertThat(parcels.get(PARCEL).announced()).containsExactlyInAnyOrder("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void duplicateScan_changesNothingAndIsNotToldAgain() {
        registrar.register(dispatched());
        enricher.enrich(List.of(late));
        long version = parcels.get(PARCEL).version();

        assertThat(enricher.enrich(List.of(late, late))).isEmpty();

        assertThat(parcels.get(PARCEL).version()).isEqualTo(version);
        assertThat(parcels.scansOf(PARCEL)).hasSize(1);
        assertThat(publisher.published).hasSize(2);
    }

    @Test
    void scansOutOfOrder_makeTheStateOfTheLatest() {
        registrar.register(dispatched());

        enricher.enrich(List.of(scan("FRA", ScanKind.RECEIVED, 360)));
        enricher.enrich(List.of(scan("MAD", ScanKind.DEPARTED, 60), scan("MAD", ScanKind.RECEIVED, 0)));

        assertThat(parcels.get(PARCEL).status()).contains(ParcelStatus.AT_HUB);
        assertThat(parcels.get(PARCEL).latestScans().getFirst().hub().code()).isEqualTo("FRA");
        assertThat(parcels.scansOf(PARCEL)).hasSize(3).isSortedAccordingTo(Scan.BY_TIME);
    }

    @Test
    void scansBeforeThePlan_areKeptAndMeasuredWhenItComes() {
        enricher.enrich(List.of(late));
        assertThat(publisher.published).isEmpty();

        registrar.register(dispatched());

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void oldScanThatComesBetweenTheReadingAndTheWritingOfThePlan_isMeasuredAllTheSame() {
        // given three later scans, so that the old one changes nothing that is kept with the parcel
        enricher.enrich(List.of(
                scan("FRA", ScanKind.DEPARTED, 400),
                scan("FRA", ScanKind.DEPARTED, 401),
                scan("FRA", ScanKind.DEPARTED, 402)));
        AtomicBoolean once = new AtomicBoolean();
        parcels.before = (call, _) -> {
            if (call.equals("write") && once.compareAndSet(false, true)) {
                enricher.enrich(List.of(late));
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
                enricher.enrich(List.of(scan("FRA", ScanKind.RECEIVED, 360)));
            }
        };

        assertThat(enricher.enrich(List.of(late))).isEmpty();

        assertThat(parcels.get(PARCEL).latestScans()).hasSize(2);
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void busThatThrottles_failsTheParcelsWithNews_andTheRepetitionTellsThem() {
        registrar.register(dispatched());
        publisher.refusals = 1;

        Map<ParcelId, RuntimeException> failures =
                enricher.enrich(List.of(scan(OTHER, "MAD", ScanKind.RECEIVED, 0), late));

        assertThat(failures).containsOnlyKeys(PARCEL);
        assertThat(publisher.published).isEmpty();
        assertThat(enricher.enrich(List.of(late))).isEmpty();
        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void functionThatDiesBetweenStateAndEvent_leavesTheEventToTheRepetition() {
        registrar.register(dispatched());
        publisher.refusals = 1; // as good as dying: the state is written, nothing was told
        enricher.enrich(List.of(late));
        assertThat(parcels.get(PARCEL).worstDelay()).isPositive();
        assertThat(parcels.get(PARCEL).announced()).isEmpty();

        enricher.enrich(List.of(late));

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void functionThatDiesBetweenEventAndItsMark_tellsItAgain_withTheSameKey() {
        registrar.register(dispatched());
        parcels.before = (call, _) -> {
            if (call.equals("markAnnounced")) {
                throw new IllegalStateException("died");
            }
        };
        assertThat(enricher.enrich(List.of(late))).containsOnlyKeys(PARCEL);
        parcels.before = (_, _) -> {};

        assertThat(enricher.enrich(List.of(late))).isEmpty();

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H", "DELAYED#PT30M", "DELAYED#PT2H");
    }

    @Test
    void tableThatThrottlesOneParcel_failsThatOneOnly() {
        parcels.before = (call, ids) -> {
            if (call.equals("write") && ids.contains(PARCEL)) {
                throw new IllegalStateException("throttled");
            }
        };

        assertThat(enricher.enrich(List.of(late, scan(OTHER, "MAD", ScanKind.RECEIVED, 0))))
                .containsOnlyKeys(PARCEL);
        assertThat(parcels.get(OTHER).status()).contains(ParcelStatus.AT_HUB);
    }

    @Test
    void tableThatThrottlesEverything_failsTheBatch() {
        parcels.before = (call, _) -> {
            if (call.equals("keep")) {
                throw new IllegalStateException("throttled");
            }
        };

        assertThatThrownBy(() -> enricher.enrich(List.of(late))).hasMessage("throttled");
    }

    @Test
    void hundredScansOfTenParcels_areReadInOneCallAndKeptInOne() {
        List<Scan> scans = IntStream.range(0, 100)
                .mapToObj(i -> scan(new ParcelId("parcel-%03d".formatted(i % 10)), "MAD", ScanKind.RECEIVED, i))
                .toList();

        enricher.enrich(scans);

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
    void planWhoseEventsWereNotTold_tellsThemWhenItIsRepeated() {
        enricher.enrich(List.of(late));
        publisher.refusals = 1;
        assertThatThrownBy(() -> registrar.register(dispatched())).hasMessage("the bus throttles");

        registrar.register(dispatched());

        assertThat(publisher.keys()).containsExactly("DELAYED#PT30M", "DELAYED#PT2H");
    }

    // -- All of it
    // -----------------------------------------------------------------------------------------------------

    /** Whatever fails on the way: once all was repeated until it went through, the end is that of the true history. */
    @RepeatedTest(100)
    void anyOrderOfBatches_withAnyFailures_endsInTheTrueHistory(RepetitionInfo repetition) {
        // given
        Random random = new Random(repetition.getCurrentRepetition());
        List<ParcelId> ids = List.of(PARCEL, OTHER, new ParcelId("parcel-3"));
        List<Scan> scans = IntStream.range(0, 30)
                .mapToObj(i -> scan(
                        ids.get(random.nextInt(ids.size())),
                        List.of("MAD", "FRA", "CPH", "WAW").get(random.nextInt(4)),
                        KINDS.get(random.nextInt(KINDS.size())),
                        random.nextInt(0, 3_000)))
                .toList();
        parcels.before = (call, _) -> {
            if (random.nextInt(6) == 0) {
                throw new IllegalStateException("trouble at " + call);
            }
        };

        // when
        List<Scan> deliveries = new ArrayList<>(scans);
        deliveries.addAll(scans.subList(0, 10));
        Collections.shuffle(deliveries, random);
        Set<ParcelId> planned = new HashSet<>();
        while (!deliveries.isEmpty() || planned.size() < ids.size()) {
            publisher.refusals = random.nextInt(3) == 0 ? 1 : 0;
            ParcelId next = ids.get(random.nextInt(ids.size()));
            if (random.nextInt(8) == 0 || deliveries.isEmpty()) {
                tryIt(() -> {
                    registrar.register(dispatched(next));
                    planned.add(next);
                });
            }
            List<Scan> batch = List.copyOf(deliveries.subList(0, Math.min(deliveries.size(), 1 + random.nextInt(8))));
            tryIt(() -> {
                Set<ParcelId> failed = enricher.enrich(batch).keySet();
                deliveries.subList(0, batch.size()).removeIf(scan -> !failed.contains(scan.parcel()));
            });
        }

        // then
        for (ParcelId id : ids) {
            List<Scan> history = scans.stream()
                    .filter(scan -> scan.parcel().equals(id))
                    .distinct()
                    .sorted(Scan.BY_TIME)
                    .toList();
            Parcel expected = Parcel.unknown(id).with(Examples.plan(), history);
            Set<String> events = new HashSet<>(
                    expected.unannounced(LEVELS).stream().map(ParcelEvent::key).toList());
            assertThat(parcels.scansOf(id)).isEqualTo(history);
            assertThat(parcels.get(id).announced()).isEqualTo(events);
            assertThat(InMemoryParcels.withoutVersion(parcels.get(id))).isEqualTo(withAnnounced(expected, events));
            assertThat(publisher.published.stream()
                            .filter(event -> event.parcel().equals(id))
                            .map(ParcelEvent::key))
                    .containsAll(events)
                    .allMatch(events::contains);
        }
    }

    private static void tryIt(Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException trouble) {
            assertThat(trouble.getMessage()).containsAnyOf("trouble", "throttles");
        }
    }

    private static Parcel withAnnounced(Parcel parcel, Set<String> announced) {
        return new Parcel(
                parcel.id(),
                0,
                parcel.plan(),
                parcel.latestScans(),
                parcel.position(),
                parcel.lateness(),
                parcel.silence(),
                parcel.worstDelay(),
                parcel.breaches(),
                parcel.delivery(),
                announced);
    }
}
