package dev.printshop.parcels.aws;

import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.OverdueParcels;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.Parcels;
import dev.printshop.parcels.domain.ParcelsContract;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanPosition;
import dev.printshop.parcels.domain.TrackedParcel;
import dev.printshop.parcels.domain.TrackedParcels;
import dev.printshop.parcels.json.TrackingJson;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The adapter on a table in memory, which has the limits of DynamoDB. */
class DynamoDbParcelsTest extends ParcelsContract {

    private final InMemoryDynamoDb dynamoDb =
            new InMemoryDynamoDb("parcelId", "item").withIndex("overdue", "overdueSegment", "overdueAt");
    private final DynamoDbParcels parcels =
            new DynamoDbParcels(dynamoDb, "parcels", () -> NOON, _ -> {}, Duration.ofSeconds(10));

    @Test
    void longHistory_isReadInPages_andNoFurtherThanAPage() {
        // given
        List<Scan> scans = IntStream.range(0, 1_000).mapToObj(this::scan).toList();
        parcels.keep(scans);
        parcels.write(Parcel.unknown(PARCEL).with(plan(), scans));
        List<Scan> read = new ArrayList<>();
        Optional<ScanPosition> before = Optional.empty();
        dynamoDb.forgetCalls();

        // when
        do {
            TrackedParcel page = parcels.track(PARCEL, before).orElseThrow();
            read.addAll(0, page.history());
            before = page.older();
        } while (before.isPresent());

        // then
        assertThat(read).isEqualTo(scans);
        assertThat(dynamoDb.calls("Query")).isEqualTo(10);
        assertThat(dynamoDb.itemsQueried()).isEqualTo(10 * 101 - 1);
    }

    @Test
    void answerOfTheLongestHistory_isFarBelowWhatLambdaReturns() {
        // given scans with the longest ids
        List<Scan> scans = IntStream.range(0, 1_000)
                .mapToObj(i -> new Scan(
                        "s".repeat(59) + "%05d".formatted(i),
                        PARCEL,
                        Examples.hub("FRA"),
                        ScanKind.OUT_FOR_DELIVERY,
                        NOON.plusMillis(i + 1),
                        Condition.UNKNOWN))
                .toList();
        parcels.keep(scans);
        parcels.write(Parcel.unknown(PARCEL).with(plan(), scans));

        // then
        TrackedParcel tracked = parcels.track(PARCEL, Optional.empty()).orElseThrow();
        assertThat(JsonObject.write(TrackingJson.write(tracked, NOON))).hasSizeLessThan(50_000);
        assertThat(tracked.history()).isEqualTo(scans.subList(900, 1_000));
    }

    @Test
    void parcelThatExpiredBeforeItsEventsWereMarked_doesNotComeBackWithKeysOnly() {
        parcels.markAnnounced(Parcel.unknown(PARCEL).written(), Set.of("DELIVERED"));

        assertThat(dynamoDb.items()).isEmpty();
    }

    @Override
    protected Parcels parcels() {
        return parcels;
    }

    @Override
    protected OverdueParcels overdueParcels() {
        return parcels;
    }

    @Override
    protected TrackedParcels trackedParcels() {
        return parcels;
    }

    @Override
    protected void damage(ParcelId stored) {
        new ParcelsTable(dynamoDb, "parcels").damage(stored);
    }

    @Override
    protected void damage(Scan.Place stored) {
        new ParcelsTable(dynamoDb, "parcels").damage(stored);
    }

    private Scan scan(int number) {
        return new Scan(
                "scan-%05d".formatted(number),
                PARCEL,
                Examples.hub("FRA"),
                ScanKind.DEPARTED,
                NOON.plus(Duration.ofMillis(number / 3)),
                Condition.UNKNOWN);
    }
}
