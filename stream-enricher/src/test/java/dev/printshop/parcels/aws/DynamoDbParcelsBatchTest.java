package dev.printshop.parcels.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.Parcels.Kept;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.events.ParcelId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** What becomes of batches that DynamoDB leaves partly undone, as it does when it throttles. */
class DynamoDbParcelsBatchTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ParcelId FIRST = id(1);
    private static final ParcelId SECOND = id(2);
    private static final ParcelId THIRD = id(3);

    private final FakeDynamoDb dynamoDb = new FakeDynamoDb();
    private final List<Integer> pauses = new ArrayList<>();
    private final DynamoDbParcels parcels =
            new DynamoDbParcels(dynamoDb, "parcels", () -> NOON, pauses::add, Duration.ofSeconds(10));

    @Test
    void putsThatAreLeftUndone_areWrittenAgainAlone_withGrowingPauses() {
        // given
        dynamoDb.leavesUndone = (call, id) -> call == 1 && !id.equals(FIRST) || call == 2 && id.equals(THIRD);

        // when
        Map<ParcelId, RuntimeException> failures =
                parcels.keep(List.of(scan(FIRST), scan(SECOND), scan(THIRD))).failures();

        // then
        assertThat(failures).isEmpty();
        assertThat(dynamoDb.calls)
                .containsExactly(List.of(FIRST, SECOND, THIRD), List.of(SECOND, THIRD), List.of(THIRD));
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void putThatIsLeftUndoneForEver_failsItsParcelOnly() {
        // given more scans than one call writes, the second of which is never written
        List<Scan> scans =
                IntStream.rangeClosed(1, 30).mapToObj(i -> scan(id(i))).toList();
        dynamoDb.leavesUndone = (_, id) -> id.equals(SECOND);

        // when
        Map<ParcelId, RuntimeException> failures = parcels.keep(scans).failures();

        // then
        assertThat(failures).containsOnlyKeys(SECOND);
        assertThat(failures.get(SECOND))
                .hasMessage("DynamoDB left a part of a batch undone 8 times: table parcels throttles");
        assertThat(pauses).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(dynamoDb.calls.subList(1, 8)).containsOnly(List.of(SECOND));
        assertThat(dynamoDb.done)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 30)
                        .mapToObj(DynamoDbParcelsBatchTest::id)
                        .filter(id -> !id.equals(SECOND))
                        .toList());
    }

    @Test
    void callThatIsRefusedAfterAPartWasDone_failsWhatWasLeftOnly() {
        // given DynamoDB answers so when it can do nothing of what is left
        dynamoDb.leavesUndone = (_, id) -> id.equals(THIRD);
        dynamoDb.refuses = call -> call == 2
                ? Optional.of(ProvisionedThroughputExceededException.builder()
                        .message("throttled")
                        .build())
                : Optional.empty();

        // when
        Map<ParcelId, RuntimeException> failures =
                parcels.keep(List.of(scan(FIRST), scan(SECOND), scan(THIRD))).failures();

        // then
        assertThat(failures).containsOnlyKeys(THIRD);
        assertThat(failures.get(THIRD)).isInstanceOf(ProvisionedThroughputExceededException.class);
    }

    @Test
    void callThatIsRefused_failsItsParcels_andTheNextCallGoesOn() {
        dynamoDb.refuses = call -> call == 1
                ? Optional.of(ProvisionedThroughputExceededException.builder()
                        .message("throttled")
                        .build())
                : Optional.empty();

        Map<ParcelId, RuntimeException> failures = parcels.keep(
                        IntStream.rangeClosed(1, 30).mapToObj(i -> scan(id(i))).toList())
                .failures();

        assertThat(failures).hasSize(25).containsKey(id(25)).doesNotContainKey(id(26));
        assertThat(dynamoDb.done).containsExactly(id(26), id(27), id(28), id(29), id(30));
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
        dynamoDb.leavesUndone = (_, id) -> id.equals(SECOND);

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
        dynamoDb.errorCode = code;
        dynamoDb.leavesUndone = (_, id) -> id.equals(SECOND);

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

    @Test
    void scanThatCantBeReadBack_failsItsParcel() {
        dynamoDb.errorCode = BatchStatementErrorCodeEnum.DUPLICATE_ITEM;
        dynamoDb.leavesUndone = (call, id) -> call == 1 && id.equals(SECOND);
        dynamoDb.refuses = call -> call == 2
                ? Optional.of(ProvisionedThroughputExceededException.builder()
                        .message("throttled")
                        .build())
                : Optional.empty();

        Kept kept = parcels.keep(List.of(scan(FIRST), scan(SECOND)));

        assertThat(kept.stored()).containsExactly(scan(FIRST));
        assertThat(kept.failures()).containsOnlyKeys(SECOND);
    }

    @Test
    void sameScanTwice_isPutOnce() {
        assertThat(parcels.keep(List.of(scan(FIRST), scan(SECOND), scan(FIRST))))
                .isEqualTo(new Kept(List.of(scan(FIRST), scan(SECOND)), List.of(), Map.of()));

        assertThat(dynamoDb.calls).containsExactly(List.of(FIRST, SECOND));
    }

    @Test
    void keysThatAreLeftUnread_areReadAgainAlone() {
        dynamoDb.leavesUndone = (call, id) -> call == 1 && !id.equals(FIRST);

        assertThat(parcels.find(List.of(FIRST, SECOND))).containsOnlyKeys(FIRST, SECOND);

        assertThat(dynamoDb.calls).containsExactly(List.of(FIRST, SECOND), List.of(SECOND));
        assertThat(pauses).containsExactly(1);
    }

    @Test
    void keysThatAreLeftUnreadForEver_failTheFinding() {
        dynamoDb.leavesUndone = (_, id) -> id.equals(SECOND);

        assertThatThrownBy(() -> parcels.find(List.of(FIRST, SECOND))).hasMessageContaining("table parcels throttles");

        assertThat(dynamoDb.calls).hasSize(8);
    }

    @Test
    void batchThatTheInvocationHasNoTimeFor_isNotBegun() {
        assertThatThrownBy(() -> InvocationTime.limit(() -> 9_999, () -> parcels.find(List.of(FIRST))))
                .isInstanceOf(NoTimeLeftException.class);
        Map<ParcelId, RuntimeException> failures = InvocationTime.limit(
                () -> 9_999, () -> parcels.keep(List.of(scan(FIRST))).failures());

        assertThat(failures.get(FIRST)).isInstanceOf(NoTimeLeftException.class);
        assertThat(dynamoDb.calls).isEmpty();
    }

    @Test
    void batchesAfterTheInvocationsTime_areNotBegun_andWhatWasKeptBeforeCounts() {
        List<Scan> scans = IntStream.range(0, 30).mapToObj(i -> scan(id(i))).toList();

        Kept kept = InvocationTime.limit(() -> dynamoDb.calls.isEmpty() ? 10_000 : 9_999, () -> parcels.keep(scans));

        assertThat(dynamoDb.calls).hasSize(1);
        assertThat(kept.stored()).isEqualTo(scans.subList(0, 25));
        assertThat(kept.failures()).hasSize(5);
    }

    private static ParcelId id(int number) {
        return new ParcelId("parcel-%03d".formatted(number));
    }

    private static Scan scan(ParcelId parcel) {
        return new Scan("scan-1", parcel, Hubs.all().get("FRA"), ScanKind.RECEIVED, NOON, Condition.UNKNOWN);
    }

    /** A table that leaves undone, or refuses, what it is told to; it has every parcel that it is asked for. */
    private static final class FakeDynamoDb implements DynamoDbClient {

        private final List<List<ParcelId>> calls = new ArrayList<>();
        private final List<ParcelId> done = new ArrayList<>();
        private BatchStatementErrorCodeEnum errorCode = BatchStatementErrorCodeEnum.THROTTLING_ERROR;
        private BiPredicate<Integer, ParcelId> leavesUndone = (_, _) -> false;
        private Function<Integer, Optional<RuntimeException>> refuses = _ -> Optional.empty();

        @Override
        public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
            List<ParcelId> ids =
                    request.statements().stream().map(FakeDynamoDb::parcelOf).toList();
            List<ParcelId> undone = call(ids);
            return BatchExecuteStatementResponse.builder()
                    .responses(ids.stream()
                            .map(id -> undone.contains(id)
                                    ? BatchStatementResponse.builder()
                                            .error(error ->
                                                    error.code(errorCode).message("no"))
                                            .build()
                                    : BatchStatementResponse.builder().build())
                            .toList())
                    .build();
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            KeysAndAttributes wanted =
                    Objects.requireNonNull(request.requestItems().get("parcels"));
            List<ParcelId> ids =
                    wanted.keys().stream().map(ParcelItems::parcelId).toList();
            List<ParcelId> undone = call(ids);
            return BatchGetItemResponse.builder()
                    .responses(Map.of(
                            "parcels",
                            ids.stream()
                                    .filter(id -> !undone.contains(id))
                                    .map(FakeDynamoDb::item)
                                    .toList()))
                    .unprocessedKeys(
                            undone.isEmpty()
                                    ? Map.of()
                                    : Map.of(
                                            "parcels",
                                            wanted.toBuilder()
                                                    .keys(undone.stream()
                                                            .map(ParcelItems::key)
                                                            .toList())
                                                    .build()))
                    .build();
        }

        /** Takes a call down, and tells which of its parcels are left undone. */
        private List<ParcelId> call(List<ParcelId> ids) {
            calls.add(ids);
            refuses.apply(calls.size()).ifPresent(refusal -> {
                throw refusal;
            });
            List<ParcelId> undone = ids.stream()
                    .filter(id -> leavesUndone.test(calls.size(), id))
                    .toList();
            ids.stream().filter(id -> !undone.contains(id)).forEach(done::add);
            return undone;
        }

        private static ParcelId parcelOf(BatchStatementRequest insertion) {
            int place = insertion.statement().split("'parcelId'", 2)[0].split("\\?", -1).length - 1;
            return new ParcelId(insertion.parameters().get(place).s());
        }

        private static Map<String, AttributeValue> item(ParcelId id) {
            Map<String, AttributeValue> item = new HashMap<>(ParcelItems.state(Parcel.unknown(id), NOON));
            item.putAll(ParcelItems.key(id));
            item.put("version", ParcelItems.number(1));
            return item;
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
