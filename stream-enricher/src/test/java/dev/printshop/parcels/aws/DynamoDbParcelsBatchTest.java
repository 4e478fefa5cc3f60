package dev.printshop.parcels.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.Parcels.Kept;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** Batches with unprocessed items, as after throttling. */
class DynamoDbParcelsBatchTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ParcelId FIRST = id(1);
    private static final ParcelId SECOND = id(2);
    private static final ParcelId THIRD = id(3);

    private final RuntimeException throttled = ProvisionedThroughputExceededException.builder()
            .message("throttled")
            .build();
    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("parcelId", "item");
    private final List<Integer> pauses = new ArrayList<>();
    private final DynamoDbParcels parcels =
            new DynamoDbParcels(dynamoDb, "parcels", () -> NOON, pauses::add, Duration.ofSeconds(10));

    @Test
    void putsThatAreLeftUndone_areWrittenAgainAlone_withGrowingPauses() {
        // given
        dynamoDb.leaveUndone((batch, key) -> batch == 1 && !isOf(FIRST, key) || batch == 2 && isOf(THIRD, key));

        // when
        Map<ParcelId, RuntimeException> failures =
                parcels.keep(List.of(scan(FIRST), scan(SECOND), scan(THIRD))).failures();

        // then
        assertThat(failures).isEmpty();
        assertThat(batches()).containsExactly(List.of(FIRST, SECOND, THIRD), List.of(SECOND, THIRD), List.of(THIRD));
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void putThatIsLeftUndoneForEver_failsItsParcelOnly() {
        // given more scans than one call writes, the second of which is never written
        List<Scan> scans =
                IntStream.rangeClosed(1, 30).mapToObj(i -> scan(id(i))).toList();
        dynamoDb.leaveUndone((_, key) -> isOf(SECOND, key));

        // when
        Map<ParcelId, RuntimeException> failures = parcels.keep(scans).failures();

        // then
        assertThat(failures).containsOnlyKeys(SECOND);
        assertThat(failures.get(SECOND))
                .hasMessage("DynamoDB left a part of a batch undone 8 times: table parcels throttles");
        assertThat(pauses).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(batches().subList(1, 8)).containsOnly(List.of(SECOND));
        assertThat(stored())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 30)
                        .mapToObj(DynamoDbParcelsBatchTest::id)
                        .filter(id -> !id.equals(SECOND))
                        .toList());
    }

    @Test
    void callThatIsRefusedAfterAPartWasDone_failsWhatWasLeftOnly() {
        // given the answer of DynamoDB when all remaining items are unprocessed
        dynamoDb.leaveUndone((_, key) -> isOf(THIRD, key));
        dynamoDb.fail(call -> call == 2 ? Optional.of(throttled) : Optional.empty());

        // when
        Map<ParcelId, RuntimeException> failures =
                parcels.keep(List.of(scan(FIRST), scan(SECOND), scan(THIRD))).failures();

        // then
        assertThat(failures).containsOnlyKeys(THIRD);
        assertThat(failures.get(THIRD)).isSameAs(throttled);
    }

    @Test
    void callThatIsRefused_failsItsParcels_andTheNextCallGoesOn() {
        dynamoDb.fail(call -> call == 1 ? Optional.of(throttled) : Optional.empty());

        Map<ParcelId, RuntimeException> failures = parcels.keep(
                        IntStream.rangeClosed(1, 30).mapToObj(i -> scan(id(i))).toList())
                .failures();

        assertThat(failures).hasSize(25).containsKey(id(25)).doesNotContainKey(id(26));
        assertThat(stored()).containsExactlyInAnyOrder(id(26), id(27), id(28), id(29), id(30));
    }

    @Test
    void invocationWithoutTimeForAPause_failsWhatWasLeftUndoneOnly() {
        DynamoDbParcels withoutTime = new DynamoDbParcels(
                dynamoDb,
                "parcels",
                () -> NOON,
                _ -> {
                    throw new NoTimeLeftException("no time left");
                },
                Duration.ofSeconds(10));
        dynamoDb.leaveUndone((_, key) -> isOf(SECOND, key));

        Map<ParcelId, RuntimeException> failures =
                withoutTime.keep(List.of(scan(FIRST), scan(SECOND))).failures();

        assertThat(failures).containsOnlyKeys(SECOND);
        assertThat(failures.get(SECOND)).isInstanceOf(NoTimeLeftException.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"DUPLICATE_ITEM", "UNKNOWN_TO_SDK_VERSION"})
    void statementThatFails_failsItsParcelOnly_asATransientFailureIfARetryHelps(BatchStatementErrorCodeEnum code) {
        dynamoDb.failStatementsWith(code.toString());
        dynamoDb.leaveUndone((_, key) -> isOf(SECOND, key));

        Map<ParcelId, RuntimeException> failures =
                parcels.keep(List.of(scan(FIRST), scan(SECOND))).failures();

        assertThat(failures).containsOnlyKeys(SECOND);
        assertThat(TransientFailures.isTransient(Objects.requireNonNull(failures.get(SECOND))))
                .isEqualTo(Set.of(
                                BatchStatementErrorCodeEnum.ACCESS_DENIED,
                                BatchStatementErrorCodeEnum.RESOURCE_NOT_FOUND,
                                BatchStatementErrorCodeEnum.INTERNAL_SERVER_ERROR,
                                BatchStatementErrorCodeEnum.PROVISIONED_THROUGHPUT_EXCEEDED,
                                BatchStatementErrorCodeEnum.REQUEST_LIMIT_EXCEEDED,
                                BatchStatementErrorCodeEnum.THROTTLING_ERROR,
                                BatchStatementErrorCodeEnum.TRANSACTION_CONFLICT)
                        .contains(code));
    }

    @ParameterizedTest
    @CsvSource({"ThrottlingException, true", "KMSDisabledException, true", "SomethingNew, false"})
    void unknownCodeOfAnEntry_isClassifiedLikeThatOfACall(String code, boolean expected) {
        dynamoDb.failStatementsWith(code);
        dynamoDb.leaveUndone((_, key) -> isOf(SECOND, key));

        Map<ParcelId, RuntimeException> failures =
                parcels.keep(List.of(scan(FIRST), scan(SECOND))).failures();

        assertThat(TransientFailures.isTransient(Objects.requireNonNull(failures.get(SECOND))))
                .isEqualTo(expected);
    }

    @Test
    void scanThatCantBeReadBack_failsItsParcel() {
        parcels.keep(List.of(scan(SECOND)));
        dynamoDb.fail(call -> call == 3 ? Optional.of(throttled) : Optional.empty());

        Kept kept = parcels.keep(List.of(scan(FIRST), scan(SECOND)));

        assertThat(kept.stored()).containsExactly(scan(FIRST));
        assertThat(kept.failures()).containsOnlyKeys(SECOND);
    }

    @Test
    void sameScanTwice_isPutOnce() {
        assertThat(parcels.keep(List.of(scan(FIRST), scan(SECOND), scan(FIRST))))
                .isEqualTo(new Kept(List.of(scan(FIRST), scan(SECOND)), List.of(), Map.of()));

        assertThat(batches()).containsExactly(List.of(FIRST, SECOND));
    }

    @Test
    void keysThatAreLeftUnread_areReadAgainAlone() {
        writeParcels(2);
        dynamoDb.leaveUndone((batch, key) -> batch == 1 && !isOf(FIRST, key));

        assertThat(parcels.find(List.of(FIRST, SECOND))).containsOnlyKeys(FIRST, SECOND);

        assertThat(batches()).containsExactly(List.of(FIRST, SECOND), List.of(SECOND));
        assertThat(pauses).containsExactly(1);
    }

    @Test
    void keysOfWhichEachCallLeavesSomeUnread_failTheFindingInTheEnd() {
        List<ParcelId> ids = writeParcels(10);
        dynamoDb.leaveUndone((batch, key) -> !isOf(id(batch), key));

        assertThatThrownBy(() -> parcels.find(ids)).hasMessageContaining("table parcels throttles");

        assertThat(batches()).hasSize(8);
    }

    @Test
    void keysOfWhichACallReadsNone_failTheFinding() {
        writeParcels(2);
        dynamoDb.leaveUndone((_, key) -> isOf(SECOND, key));

        assertThatThrownBy(() -> parcels.find(List.of(FIRST, SECOND)))
                .isInstanceOf(ProvisionedThroughputExceededException.class);

        assertThat(batches()).containsExactly(List.of(FIRST, SECOND), List.of(SECOND));
    }

    @Test
    void parcelsOfMoreBytesThanAnAnswerHas_areReadInSeveralCalls() {
        // given 60 items of 300 KiB
        List<ParcelId> ids = writeParcels(60);
        ids.forEach(id -> dynamoDb.updateItem(update -> update.tableName("parcels")
                .key(ParcelItems.key(id))
                .updateExpression("SET filler = :filler")
                .expressionAttributeValues(Map.of(":filler", ParcelItems.text("x".repeat(300 * 1024))))));

        assertThat(parcels.find(ids)).containsOnlyKeys(ids);

        assertThat(batches()).extracting(List::size).containsExactly(60, 6);
    }

    private List<ParcelId> writeParcels(int number) {
        List<ParcelId> ids = IntStream.rangeClosed(1, number)
                .mapToObj(DynamoDbParcelsBatchTest::id)
                .toList();
        ids.forEach(id -> parcels.write(Parcel.unknown(id)));
        return ids;
    }

    /** The parcels of each batch. */
    private List<List<ParcelId>> batches() {
        return dynamoDb.batches().stream()
                .map(batch -> batch.stream().map(ParcelItems::parcelId).toList())
                .toList();
    }

    /** The parcels with items in the table. */
    private List<ParcelId> stored() {
        return dynamoDb.items().stream().map(ParcelItems::parcelId).toList();
    }

    private static boolean isOf(ParcelId parcel, Map<String, AttributeValue> key) {
        return ParcelItems.parcelId(key).equals(parcel);
    }

    @Test
    void batchThatTheInvocationHasNoTimeFor_isNotBegun() {
        assertThatThrownBy(() -> InvocationTime.limit(() -> 9_999, () -> parcels.find(List.of(FIRST))))
                .isInstanceOf(NoTimeLeftException.class);
        Map<ParcelId, RuntimeException> failures = InvocationTime.limit(
                () -> 9_999, () -> parcels.keep(List.of(scan(FIRST))).failures());

        assertThat(failures.get(FIRST)).isInstanceOf(NoTimeLeftException.class);
        assertThat(batches()).isEmpty();
    }

    @Test
    void pageOfAHistoryThatTheInvocationHasNoTimeFor_isNotRead() {
        parcels.keep(List.of(scan(FIRST)));

        assertThatThrownBy(() -> InvocationTime.limit(() -> 9_999, () -> parcels.history(FIRST)))
                .isInstanceOf(NoTimeLeftException.class);
        assertThat(InvocationTime.limit(() -> 10_000, () -> parcels.history(FIRST)))
                .containsExactly(scan(FIRST));
    }

    @Test
    void batchesAfterTheInvocationsTime_areNotBegun_andWhatWasKeptBeforeCounts() {
        List<Scan> scans = IntStream.range(0, 30).mapToObj(i -> scan(id(i))).toList();

        Kept kept = InvocationTime.limit(() -> batches().isEmpty() ? 10_000 : 9_999, () -> parcels.keep(scans));

        assertThat(batches()).hasSize(1);
        assertThat(kept.stored()).isEqualTo(scans.subList(0, 25));
        assertThat(kept.failures()).hasSize(5);
    }

    private static ParcelId id(int number) {
        return new ParcelId("parcel-%03d".formatted(number));
    }

    private static Scan scan(ParcelId parcel) {
        return new Scan("scan-1", parcel, Hubs.all().get("FRA"), ScanKind.RECEIVED, NOON, Condition.UNKNOWN);
    }
}
