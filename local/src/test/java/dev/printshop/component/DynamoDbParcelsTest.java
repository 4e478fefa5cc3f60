package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.parcels.aws.DynamoDbIdempotencyStore;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.DelayLevels;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelPlan;
import dev.printshop.parcels.domain.Parcels.Kept;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.TrackedParcel;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.events.ConditionLimits;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.idempotency.IdempotencyStore.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The parcels adapter against DynamoDB's batches, conditions and index, in the table that the template makes. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbParcelsTest {

    private static final DelayLevels LEVELS = DelayLevels.parse("PT30M,PT2H,PT24H");

    /** Not long ago: what has expired, the table forgets. */
    private final Instant noon = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));

    private final ParcelId id = new ParcelId(UUID.randomUUID().toString());
    private DynamoDbParcels parcels;

    @BeforeEach
    void openTable(Stack stack) {
        parcels = new DynamoDbParcels(
                stack.client(DynamoDbClient.builder()),
                stack.parcelsTable(),
                Clock.systemUTC(),
                _ -> {},
                Duration.ofSeconds(10));
    }

    @Test
    void parcelWithEverything_isFoundAsItWasWritten() {
        // given
        Parcel parcel = Parcel.unknown(id)
                .with(plan(), List.of(scan(0, 35), scan(500, 20)))
                .silentAt(noon.plus(Duration.ofHours(40)))
                .withOverdueAt(LEVELS);

        // when
        Parcel written = parcels.write(parcel);
        parcels.markAnnounced(written, Set.of("DELAYED#PT2H", "BREACHED#TOO_WARM"));
        parcels.markAnnounced(written, Set.of("DELAYED#PT24H"));

        // then
        Parcel found = parcels.find(Set.of(id)).get(id);
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFields("version", "announced")
                .isEqualTo(parcel);
        assertThat(found.version()).isOne();
        assertThat(found.announced()).containsExactlyInAnyOrder("DELAYED#PT2H", "BREACHED#TOO_WARM", "DELAYED#PT24H");
    }

    @Test
    void parcelThatOthersWrote_isNotOverwritten() {
        parcels.write(Parcel.unknown(id));

        assertThatThrownBy(() -> parcels.write(Parcel.unknown(id))).isInstanceOf(ConcurrentChangeException.class);
        parcels.write(parcels.find(Set.of(id)).get(id));
        assertThat(parcels.find(Set.of(id)).get(id).version()).isEqualTo(2);
    }

    @Test
    void moreThanOneCallTakes_isKeptAndFound() {
        // given
        List<ParcelId> ids = IntStream.range(0, 130)
                .mapToObj(i -> new ParcelId(id.value() + "-" + i))
                .toList();
        ids.forEach(each -> parcels.write(Parcel.unknown(each)));
        List<Scan> scans = IntStream.range(0, 130).mapToObj(i -> scan(i, 20)).toList();

        // when
        assertThat(parcels.keep(scans).failures()).isEmpty();
        assertThat(parcels.keep(scans.subList(0, 60)).failures()).isEmpty();
        assertThat(parcels.keep(List.of(scans.getFirst(), scans.getFirst())).failures())
                .isEmpty();

        // then
        assertThat(parcels.history(id)).isEqualTo(scans);
        assertThat(parcels.find(ids)).hasSize(130);
    }

    @Test
    void scanOfOtherContentInTheSamePlace_isRefused_andTheFirstStays() {
        // given
        Scan first = scan(0, 20);
        Scan other = new Scan(
                first.scanId(),
                id,
                Hubs.all().get("FRA"),
                ScanKind.Known.DEPARTED,
                first.scannedAt(),
                first.condition());
        Scan third = scan(1, 20);

        // when, then
        assertThat(parcels.keep(List.of(first, other))).isEqualTo(new Kept(List.of(first), List.of(other), Map.of()));
        assertThat(parcels.keep(List.of(other, third)))
                .isEqualTo(new Kept(List.of(first, third), List.of(other), Map.of()));
        assertThat(parcels.keep(List.of(first, third))).isEqualTo(new Kept(List.of(first, third), List.of(), Map.of()));
        assertThat(parcels.history(id)).containsExactly(first, third);
    }

    @Test
    void scansOfOtherContentInTheSamePlaceAtTheSameTime_allGetTheOneThatIsStored() {
        List<Scan> scans = IntStream.range(0, 8)
                .mapToObj(i -> new Scan(
                        "scan-1",
                        id,
                        Hubs.all().get("MAD"),
                        ScanKind.Known.RECEIVED,
                        noon,
                        new Condition(OptionalDouble.of(i), OptionalDouble.empty(), OptionalDouble.empty())))
                .toList();

        List<Kept> kept =
                scans.parallelStream().map(scan -> parcels.keep(List.of(scan))).toList();

        List<Scan> history = parcels.history(id);
        assertThat(history).hasSize(1);
        assertThat(kept).extracting(Kept::stored).containsOnly(history);
        assertThat(kept.stream().mapToInt(each -> each.refused().size()).sum()).isEqualTo(7);
    }

    @Test
    void measurementThatTheTableCantHold_isKeptAsItsRoundedValue() {
        List<Scan> scans = List.of(scan(0, 1e-200), scan(1, -0.0), scan(2, 1 / 3.0));

        assertThat(parcels.keep(scans).failures()).isEmpty();

        assertThat(parcels.history(id)).isEqualTo(scans);
    }

    @Test
    void parcelThatIsTracked_hasItsNewestScans_andOlderOnesByPage() {
        // given
        assertThat(parcels.track(id, Optional.empty())).isEmpty();
        List<Scan> scans = IntStream.range(0, 201).mapToObj(i -> scan(i, 20)).toList();
        parcels.keep(scans);
        parcels.write(Parcel.unknown(id).with(scan(1, 20)));

        // when
        TrackedParcel newest = parcels.track(id, Optional.empty()).orElseThrow();
        TrackedParcel older = parcels.track(id, newest.older()).orElseThrow();
        TrackedParcel oldest = parcels.track(id, older.older()).orElseThrow();

        // then
        assertThat(newest.history()).isEqualTo(scans.subList(101, 201));
        assertThat(older.history()).isEqualTo(scans.subList(1, 101));
        assertThat(oldest.history()).isEqualTo(scans.subList(0, 1));
        assertThat(oldest.older()).isEmpty();
    }

    @Test
    void eventsOfAParcelThatExpired_makeNoItem() {
        parcels.markAnnounced(Parcel.unknown(id).written(), Set.of("DELIVERED"));

        assertThat(parcels.find(Set.of(id))).isEmpty();
    }

    @Test
    void parcelWithUnannouncedEvents_isFoundUntilTheyAreMarked_andThenWhenItIsOverdue() {
        // given
        Parcel late = parcels.write(
                Parcel.unknown(id).with(plan(), List.of(scan(45, 20))).withOverdueAt(LEVELS));
        assertThat(overdue(Parcel.AT_ONCE)).contains(id);
        assertThat(parcels.find(Set.of(id)).get(id)).isEqualTo(late);

        // when
        Set<String> keys = Set.of("DELAYED#PT30M");
        parcels.markAnnounced(late.withAnnounced(keys).withOverdueAt(LEVELS), keys);

        // then
        Instant atFrankfurt = noon.plusSeconds(3600);
        assertThat(overdue(atFrankfurt)).contains(id);
        assertThat(overdue(atFrankfurt.minusMillis(1))).doesNotContain(id);
    }

    @Test
    void parcelThatWasWrittenSince_staysDue_andIsMarkedAllTheSame() {
        Parcel late = parcels.write(
                Parcel.unknown(id).with(plan(), List.of(scan(45, 20))).withOverdueAt(LEVELS));
        parcels.write(late.with(scan(46, 35)).withOverdueAt(LEVELS));

        Set<String> keys = Set.of("DELAYED#PT30M");
        parcels.markAnnounced(late.withAnnounced(keys).withOverdueAt(LEVELS), keys);

        assertThat(parcels.find(Set.of(id)).get(id).announced()).isEqualTo(keys);
        assertThat(overdue(Parcel.AT_ONCE)).contains(id);
    }

    @Test
    void parcelOfWhichNothingMoreIsExpected_leavesTheIndex() {
        Parcel late = parcels.write(
                Parcel.unknown(id).with(plan(), List.of(scan(45, 20))).withOverdueAt(LEVELS));
        Set<String> keys = Set.of("DELAYED#PT30M");
        DelayLevels thatAlone = DelayLevels.parse("PT30M");

        parcels.markAnnounced(late.withAnnounced(keys).withOverdueAt(thatAlone), keys);

        assertThat(overdue(noon.plus(Duration.ofDays(300)))).doesNotContain(id);
    }

    @Test
    void whatIsDone_isAcquiredOnce_andAgainWhenItsTimeIsOver(Stack stack) {
        DynamoDbClient dynamoDb = stack.client(DynamoDbClient.builder());
        String table = dynamoDb.listTables().tableNames().stream()
                .filter(name -> name.contains("IdempotencyTable"))
                .findFirst()
                .orElseThrow();
        DynamoDbIdempotencyStore store = new DynamoDbIdempotencyStore(dynamoDb, table, Clock.systemUTC());
        Instant later = Instant.now().plusSeconds(60);

        assertThat(store.saveInProgress("once-" + id, later)).isEqualTo(Status.ACQUIRED);
        assertThat(store.saveInProgress("once-" + id, later)).isEqualTo(Status.INPROGRESS);
        store.deleteRecord("once-" + id, later.plusMillis(1));
        assertThat(store.saveInProgress("once-" + id, later)).isEqualTo(Status.INPROGRESS);
        store.deleteRecord("once-" + id, later);
        assertThat(store.saveInProgress("once-" + id, later)).isEqualTo(Status.ACQUIRED);
        store.saveSuccess("once-" + id);
        assertThat(store.saveInProgress("once-" + id, later)).isEqualTo(Status.COMPLETED);
        assertThat(store.saveInProgress("dead-" + id, Instant.now().minusSeconds(1)))
                .isEqualTo(Status.ACQUIRED);
        assertThat(store.saveInProgress("dead-" + id, later)).isEqualTo(Status.ACQUIRED);
    }

    private Set<ParcelId> overdue(Instant now) {
        Set<ParcelId> found = new HashSet<>();
        parcels.overdue(now, found::addAll);
        return found;
    }

    private ParcelPlan plan() {
        return new ParcelPlan(
                Optional.of("order-1"),
                List.of(
                        new ParcelPlan.Stop(Hubs.all().get("MAD"), noon),
                        new ParcelPlan.Stop(Hubs.all().get("FRA"), noon.plusSeconds(3600))),
                noon.plusSeconds(9999),
                new ConditionLimits(2, 30, 8, 80));
    }

    private Scan scan(int minutes, double temperature) {
        return new Scan(
                "scan-%03d".formatted(minutes),
                id,
                Hubs.all().get("MAD"),
                ScanKind.RECEIVED,
                noon.plus(Duration.ofMinutes(minutes)),
                new Condition(OptionalDouble.of(temperature), OptionalDouble.empty(), OptionalDouble.of(40)));
    }
}
