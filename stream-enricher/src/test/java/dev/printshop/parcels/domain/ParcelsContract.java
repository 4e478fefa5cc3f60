package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Parcels.Kept;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Parcels}, {@link OverdueParcels} and {@link TrackedParcels}. Each test has its own parcels.
 */
public abstract class ParcelsContract {

    private static final int WRITERS = 4;

    /** Tomorrow: a search for silent parcels that runs beside the test doesn't find those that are due at noon. */
    private final Instant noon = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36));

    private final ParcelId id = newId();

    /** The parcels under test. */
    protected abstract Parcels parcels();

    /** The search among the parcels under test. */
    protected abstract OverdueParcels overdueParcels();

    /** The look-up of the parcels under test. */
    protected abstract TrackedParcels trackedParcels();

    /** Makes a parcel's item unreadable, but not its scans. */
    protected abstract void damage(ParcelId stored);

    /** Makes a stored scan unreadable. */
    protected abstract void damage(Scan.Place stored);

    // -- Parcels -----------------------------------------------------------------------------------------------------

    @Test
    protected void parcelThatWasNotWritten_isNotFound() {
        parcels().keep(List.of(scan(0)));

        assertThat(parcels().find(Set.of(id))).isEmpty();
        assertThat(parcels().find(Set.of())).isEmpty();
    }

    @Test
    protected void parcelWithEverything_isFoundAsItWasWritten() {
        // given
        Parcel parcel = ParcelEvents.withOverdueAt(
                DelayPolicy.silentAt(
                        Parcel.unknown(id)
                                .with(
                                        plan(),
                                        List.of(
                                                scan("scan-1", 0, 35),
                                                scan("scan-2", 70, 20),
                                                new Scan(
                                                        "scan-3",
                                                        id,
                                                        Examples.hub("FRA"),
                                                        ScanKind.EXCEPTION,
                                                        minute(90),
                                                        new Condition(
                                                                OptionalDouble.of(-4.125),
                                                                OptionalDouble.of(9.5),
                                                                OptionalDouble.of(81))))),
                        minute(2_400)),
                LEVELS);
        assertThat(parcel.silence()).isPresent();
        assertThat(parcel.breaches()).hasSize(4);

        // when
        Parcel written = parcels().write(parcel);

        // then
        assertThat(written).isEqualTo(parcel.written());
        assertThat(find()).isEqualTo(written);
        Parcel delivered = parcels().write(ParcelEvents.withOverdueAt(written.with(delivery(3_000)), LEVELS));
        assertThat(find()).isEqualTo(delivered);
    }

    @Test
    protected void parcelWithoutAnything_isFoundAsItWasWritten() {
        Parcel written = parcels().write(Parcel.unknown(id));

        assertThat(find()).isEqualTo(written).isEqualTo(Parcel.unknown(id).written());
    }

    @Test
    protected void whatAParcelNoLongerHas_isNotFound() {
        Parcel first = parcels().write(late());

        parcels().write(withVersion(Parcel.unknown(id), first.version()));

        assertThat(find()).isEqualTo(withVersion(Parcel.unknown(id), 2));
    }

    @Test
    protected void silenceThatIsFinerThanAMillisecond_isFoundInMilliseconds() {
        Parcel fine = ParcelEvents.withOverdueAt(
                DelayPolicy.silentAt(
                        Parcel.unknown(id).with(plan(), List.of()), minute(100).plusNanos(1_999_999)),
                LEVELS);

        parcels().write(fine);

        assertThat(find())
                .isEqualTo(ParcelEvents.withOverdueAt(
                                DelayPolicy.silentAt(
                                        Parcel.unknown(id).with(plan(), List.of()),
                                        minute(100).plusMillis(1)),
                                LEVELS)
                        .written());
    }

    @Test
    protected void moreParcelsThanOneCallReads_areFound_alsoWithDuplicateIds() {
        List<ParcelId> ids = IntStream.range(0, 130).mapToObj(_ -> newId()).toList();
        ids.forEach(each -> parcels().write(Parcel.unknown(each)));
        List<ParcelId> asked = new ArrayList<>(ids.reversed());
        asked.addAll(ids);
        asked.add(newId());

        assertThat(parcels().find(asked)).containsOnlyKeys(ids);
    }

    @Test
    protected void parcelThatCantBeRead_failsAlone() {
        Parcel good = parcels().write(late());
        ParcelId bad = newId();
        parcels().write(Parcel.unknown(bad));
        damage(bad);

        assertThatThrownBy(() -> parcels().find(List.of(bad, id)))
                .isInstanceOfSatisfying(UnreadableParcelsException.class, partly -> {
                    assertThat(partly.found()).isEqualTo(Map.of(id, good));
                    assertThat(partly.unreadable()).containsOnlyKeys(bad);
                });
    }

    @Test
    protected void parcelThatOthersWrote_isNotOverwritten() {
        // given
        Parcel first = parcels().write(late());
        Parcel second = parcels().write(first.with(delivery(80)));

        // then
        for (Parcel stale : List.of(Parcel.unknown(id), first, withVersion(first, 3))) {
            assertThatThrownBy(() -> parcels().write(stale)).isInstanceOf(ConcurrentChangeException.class);
        }
        assertThat(find()).isEqualTo(second);
    }

    @Test
    protected void parcelThatNeverWasWritten_hasNoLaterVersion() {
        assertThatThrownBy(() -> parcels().write(Parcel.unknown(id).written()))
                .isInstanceOf(ConcurrentChangeException.class);

        assertThat(parcels().find(Set.of(id))).isEmpty();
    }

    @Test
    protected void ofWritersAtTheSameTime_oneWrites() throws Exception {
        for (int round = 0; round < 3; round++) {
            Parcel found = parcels().find(Set.of(id)).getOrDefault(id, Parcel.unknown(id));
            List<Boolean> written = atTheSameTime(() -> {
                try {
                    parcels().write(found);
                    return true;
                } catch (ConcurrentChangeException _) {
                    // Another thread wrote first.
                    return false;
                }
            });

            assertThat(written).containsOnlyOnce(true);
            assertThat(find().version()).isEqualTo(round + 1);
        }
    }

    // -- Announced events --------------------------------------------------------------------------------------------

    @Test
    protected void keysOfAnnouncedEvents_areAddedByMarkingOnly_andKeptByWriting() {
        // given
        Parcel written = parcels().write(late().withAnnounced(Set.of("DELIVERED")));
        assertThat(find().announced()).isEmpty();

        // when
        parcels().markAnnounced(written, Set.of("DELAYED#PT30M", "BREACHED#TOO_WARM"));
        parcels().markAnnounced(written, Set.of("DELAYED#PT2H", "BREACHED#TOO_WARM"));
        parcels().write(written);

        // then
        assertThat(find().announced()).containsExactlyInAnyOrder("DELAYED#PT30M", "DELAYED#PT2H", "BREACHED#TOO_WARM");
        assertThat(find().version()).isEqualTo(2);
    }

    @Test
    protected void markingOfNoKeys_isRefused() {
        Parcel written = parcels().write(late());

        assertThatThrownBy(() -> parcels().markAnnounced(written, Set.of())).isInstanceOf(RuntimeException.class);
    }

    @Test
    protected void eventsOfAParcelThatExpired_makeNoParcel() {
        parcels().markAnnounced(Parcel.unknown(id).written(), Set.of("DELIVERED"));

        assertThat(parcels().find(Set.of(id))).isEmpty();
    }

    @Test
    protected void parcelWithUnannouncedEvents_isFoundUntilTheyAreMarked_andThenWhenItIsOverdue() {
        // given
        Parcel late = parcels().write(late());
        assertThat(overdue(Parcel.IMMEDIATELY)).contains(id);

        // when
        markAnnounced(late);

        // then
        assertThat(overdue(minute(60))).contains(id);
        assertThat(overdue(minute(60).minusMillis(1))).doesNotContain(id);
        assertThat(find().overdueAt()).contains(minute(60));
        assertThat(find().version()).isEqualTo(late.version());
    }

    @Test
    protected void parcelThatWasWrittenSince_staysDue_andIsMarkedAllTheSame() {
        Parcel late = parcels().write(late());
        parcels().write(ParcelEvents.withOverdueAt(late.with(scan("scan-2", 46, 35)), LEVELS));

        markAnnounced(late);

        assertThat(find().announced()).containsExactly("DELAYED#PT30M");
        assertThat(overdue(Parcel.IMMEDIATELY)).contains(id);
    }

    // -- Search ------------------------------------------------------------------------------------------------------

    @Test
    protected void parcelOfWhichNothingMoreIsExpected_isNotFoundAnyMore() {
        Parcel late = parcels().write(late());
        DelayLevels thatAlone = DelayLevels.parse("PT30M");
        Set<String> keys = Set.of("DELAYED#PT30M");

        parcels().markAnnounced(ParcelEvents.withOverdueAt(late.withAnnounced(keys), thatAlone), keys);

        assertThat(find().overdueAt()).isEmpty();
        assertThat(overdue(minute(999_999))).doesNotContain(id);
    }

    @Test
    protected void parcelThatIsWrittenWithoutATime_isNotFoundAnyMore() {
        Parcel late = parcels().write(late());

        parcels().write(withVersion(Parcel.unknown(id), late.version()));

        assertThat(overdue(minute(999_999))).doesNotContain(id);
    }

    @Test
    protected void parcelsThatAreDue_areAllFound_inPages() {
        // given
        List<ParcelId> ids = IntStream.range(0, 230).mapToObj(_ -> newId()).toList();
        ids.forEach(each -> parcels().write(planned(each)));

        // when
        List<ParcelId> found = new ArrayList<>();
        boolean complete = overdueParcels().overdue(noon, page -> {
            assertThat(page).hasSizeBetween(1, 100);
            return found.addAll(page);
        });

        // then
        assertThat(complete).isTrue();
        assertThat(found).containsAll(ids);
        assertThat(overdue(noon.minusMillis(1))).doesNotContainAnyElementsOf(ids);
    }

    @Test
    protected void searchThatIsNotToGoOn_isNotComplete() {
        parcels().write(planned(id));
        List<List<ParcelId>> pages = new ArrayList<>();

        boolean complete = overdueParcels().overdue(noon, page -> {
            pages.add(page);
            return false;
        });

        assertThat(complete).isFalse();
        assertThat(pages).hasSize(1);
    }

    @Test
    protected void parcelThatCantBeRead_isFoundByTheSearch() {
        parcels().write(planned(id));
        damage(id);

        assertThat(overdue(noon)).contains(id);
    }

    // -- Scans -------------------------------------------------------------------------------------------------------

    @Test
    protected void parcelWithoutScans_hasNoHistory() {
        parcels().write(late());

        assertThat(parcels().history(id)).isEmpty();
        assertThat(parcels().keep(List.of())).isEqualTo(new Kept(List.of(), List.of(), Map.of()));
    }

    @Test
    protected void scans_areKeptOnce_eachInTheHistoryOfItsParcel_oldestFirst() {
        // given more scans than one call writes, and others of other parcels
        List<Scan> scans = IntStream.range(0, 130).mapToObj(this::scan).toList();
        List<Scan> ofOthers = IntStream.range(0, 30)
                .mapToObj(i -> Examples.scan(newId(), "MAD", ScanKind.DEPARTED, i))
                .toList();
        List<Scan> all = new ArrayList<>(ofOthers);
        all.addAll(scans.reversed());

        // then
        assertThat(parcels().keep(all)).isEqualTo(new Kept(all, List.of(), Map.of()));
        assertThat(parcels().keep(scans.subList(0, 60))).isEqualTo(new Kept(scans.subList(0, 60), List.of(), Map.of()));
        assertThat(parcels().keep(List.of(scan(5), scan(7), scan(5))))
                .isEqualTo(new Kept(List.of(scan(5), scan(7)), List.of(), Map.of()));
        assertThat(parcels().history(id)).isEqualTo(scans);
        ofOthers.forEach(scan -> assertThat(parcels().history(scan.parcel())).isEqualTo(List.of(scan)));
    }

    @Test
    protected void scansOfTheSameTime_areOrderedByTheirIds() {
        List<Scan> scans = List.of(
                scan("-", 0, 20),
                scan("10", 0, 20),
                scan("9", 0, 20),
                scan("B", 0, 20),
                scan("_", 0, 20),
                scan("a", 0, 20),
                scan("a-b", 0, 20),
                new Scan("A", id, Examples.hub("MAD"), ScanKind.RECEIVED, noon.plusMillis(1), Condition.UNKNOWN),
                new Scan("A", id, Examples.hub("MAD"), ScanKind.RECEIVED, noon.plusMillis(10), Condition.UNKNOWN),
                new Scan("A", id, Examples.hub("MAD"), ScanKind.RECEIVED, noon.plusMillis(1_000), Condition.UNKNOWN));

        parcels().keep(scans.reversed());

        assertThat(parcels().history(id)).isEqualTo(scans);
    }

    @Test
    protected void timeOfAScanThatIsFinerThanAMillisecond_isKeptInMilliseconds() {
        Scan fine = new Scan(
                "scan-1", id, Examples.hub("MAD"), ScanKind.RECEIVED, noon.plusNanos(1_999_999), Condition.UNKNOWN);

        Kept kept = parcels().keep(List.of(fine));

        assertThat(kept).isEqualTo(new Kept(parcels().history(id), List.of(), Map.of()));
        assertThat(parcels().history(id)).extracting(Scan::scannedAt).containsExactly(noon.plusMillis(1));
        assertThat(parcels().keep(List.of(fine))).isEqualTo(kept);
    }

    @Test
    protected void scanOfOtherContentInTheSamePlace_isRefused_andTheFirstStays() {
        // given
        Scan first = scan("scan-0", 0, 20);
        Scan other = scan("scan-0", 0, 21);
        Scan third = scan("scan-1", 1, 20);

        // when, then
        assertThat(parcels().keep(List.of(first, other))).isEqualTo(new Kept(List.of(first), List.of(other), Map.of()));
        assertThat(parcels().keep(List.of(other, third)))
                .isEqualTo(new Kept(List.of(first, third), List.of(other), Map.of()));
        assertThat(parcels().keep(List.of(first, third)))
                .isEqualTo(new Kept(List.of(first, third), List.of(), Map.of()));
        assertThat(parcels().history(id)).containsExactly(first, third);
    }

    @Test
    protected void scansOfOtherContentInTheSamePlaceAtTheSameTime_allGetTheOneThatIsStored() throws Exception {
        List<Scan> scans = IntStream.range(0, WRITERS)
                .mapToObj(celsius -> scan("scan-1", 0, celsius))
                .toList();
        List<Scan> waiting = new ArrayList<>(scans);

        List<Kept> kept = atTheSameTime(() -> {
            Scan mine;
            synchronized (waiting) {
                mine = waiting.removeFirst();
            }
            return parcels().keep(List.of(mine));
        });

        List<Scan> history = parcels().history(id);
        assertThat(history).hasSize(1);
        assertThat(kept).extracting(Kept::stored).containsOnly(history);
        assertThat(kept).flatExtracting(Kept::refused).hasSize(WRITERS - 1).doesNotContainAnyElementsOf(history);
    }

    @Test
    protected void measurementsOfAllSizes_areKeptAsTheyAre() {
        List<Scan> scans = List.of(
                scan("1", 0, 1e-200),
                scan("2", 1, -0.0),
                scan("3", 2, 1 / 3.0),
                scan("4", 3, -273.15),
                scan("5", 4, 1e9));

        assertThat(parcels().keep(scans).failures()).isEmpty();

        assertThat(parcels().history(id)).isEqualTo(scans);
    }

    @Test
    protected void scanThatCantBeRead_failsItsParcelAlone_whenItComesAgain() {
        // given
        Scan bad = scan(0);
        Scan good = Examples.scan(newId(), "MAD", ScanKind.DEPARTED, 0);
        parcels().keep(List.of(bad, good));
        damage(bad.place());

        // when
        Kept kept = parcels().keep(List.of(bad, good, scan(1)));

        // then
        assertThat(kept.stored()).containsExactly(good);
        assertThat(kept.refused()).isEmpty();
        assertThat(kept.failures()).containsOnlyKeys(id);
    }

    @Test
    protected void scanThatCantBeRead_failsTheReadingOfTheHistory() {
        parcels().keep(List.of(scan(0), scan(1)));
        parcels().write(Parcel.unknown(id));
        damage(scan(0).place());

        assertThatThrownBy(() -> parcels().history(id)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> trackedParcels().track(id, Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
    }

    // -- Look-up -----------------------------------------------------------------------------------------------------

    @Test
    protected void unregisteredParcel_isNotTracked_evenWithScans() {
        parcels().keep(List.of(scan(0)));

        assertThat(trackedParcels().track(id, Optional.empty())).isEmpty();
    }

    @Test
    protected void parcelThatIsTracked_hasItsNewestScans_andOlderOnesByPage() {
        // given scans of the same time at the borders of pages
        List<Scan> scans = IntStream.range(0, 201)
                .mapToObj(i -> scan("scan-%03d".formatted(i), i / 2, 20))
                .toList();
        parcels().keep(scans);
        Parcel parcel = parcels().write(Parcel.unknown(id).with(scans.getLast()));

        // when
        TrackedParcel newest = track(Optional.empty());
        TrackedParcel older = track(newest.older());
        TrackedParcel oldest = track(older.older());

        // then
        assertThat(List.of(newest.parcel(), older.parcel(), oldest.parcel())).containsOnly(parcel);
        assertThat(newest.history()).isEqualTo(scans.subList(101, 201));
        assertThat(older.history()).isEqualTo(scans.subList(1, 101));
        assertThat(oldest.history()).isEqualTo(scans.subList(0, 1));
        assertThat(oldest.older()).isEmpty();
    }

    @Test
    protected void placeWithoutAScan_isAPlaceToReadFrom_too() {
        parcels().keep(List.of(scan(0), scan(2)));
        parcels().write(Parcel.unknown(id));

        assertThat(track(Optional.of(new ScanPosition(minute(1), "none"))).history())
                .containsExactly(scan(0));
        assertThat(track(Optional.of(new ScanPosition(minute(-1), "none"))).history())
                .isEmpty();
    }

    @Test
    protected void exactlyOnePageOfScans_hasNoOlderOnes() {
        List<Scan> scans =
                IntStream.range(0, TrackedParcel.MAX_SCANS).mapToObj(this::scan).toList();
        parcels().keep(scans);
        parcels().write(Parcel.unknown(id));

        assertThat(track(Optional.empty()).history()).isEqualTo(scans);
        assertThat(track(Optional.empty()).older()).isEmpty();
    }

    @Test
    protected void parcelThatCantBeRead_failsItsLookUp() {
        parcels().write(planned(id));
        damage(id);

        assertThatThrownBy(() -> trackedParcels().track(id, Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
    }

    // ----------------------------------------------------------------------------------------------------------------

    private TrackedParcel track(Optional<ScanPosition> before) {
        return trackedParcels().track(id, before).orElseThrow();
    }

    private static <T> List<T> atTheSameTime(Callable<T> writer) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService functions = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<T> each : functions.invokeAll(Collections.nCopies(WRITERS, writer))) {
                results.add(each.get());
            }
        }
        return results;
    }

    private Parcel find() {
        return requireNonNull(parcels().find(Set.of(id)).get(id));
    }

    private List<ParcelId> overdue(Instant until) {
        List<ParcelId> found = new ArrayList<>();
        assertThat(overdueParcels().overdue(until, found::addAll)).isTrue();
        return found;
    }

    private void markAnnounced(Parcel late) {
        Set<String> keys = Set.of("DELAYED#PT30M");
        parcels().markAnnounced(ParcelEvents.withOverdueAt(late.withAnnounced(keys), LEVELS), keys);
    }

    /** The parcel with a delay of 45 minutes to announce, and a next stop an hour after noon. */
    private Parcel late() {
        return ParcelEvents.withOverdueAt(Parcel.unknown(id).with(plan(), List.of(scan(45))), LEVELS);
    }

    /** A parcel that is due at noon. */
    private Parcel planned(ParcelId parcel) {
        return ParcelEvents.withOverdueAt(Parcel.unknown(parcel).with(plan(), List.of()), LEVELS);
    }

    private static Parcel withVersion(Parcel parcel, long version) {
        Parcel later = parcel;
        while (later.version() < version) {
            later = later.written();
        }
        return later;
    }

    private ParcelPlan plan() {
        return new ParcelPlan(
                Optional.of("order-1"),
                List.of(
                        new ParcelPlan.Stop(Examples.hub("MAD"), noon),
                        new ParcelPlan.Stop(Examples.hub("FRA"), minute(60))),
                minute(2_000),
                new ConditionLimits(2, 30, 8, 80));
    }

    private Scan delivery(int minutes) {
        return new Scan("delivery", id, Examples.hub("FRA"), ScanKind.DELIVERED, minute(minutes), Condition.UNKNOWN);
    }

    private Scan scan(int minutes) {
        return scan("scan-" + minutes, minutes, 20);
    }

    private Scan scan(String scanId, int minutes, double temperature) {
        return new Scan(
                scanId,
                id,
                Examples.hub("MAD"),
                ScanKind.RECEIVED,
                minute(minutes),
                new Condition(OptionalDouble.of(temperature), OptionalDouble.empty(), OptionalDouble.of(40)));
    }

    private Instant minute(int afterNoon) {
        return noon.plus(Duration.ofMinutes(afterNoon));
    }

    private static ParcelId newId() {
        return new ParcelId(UUID.randomUUID().toString());
    }
}
