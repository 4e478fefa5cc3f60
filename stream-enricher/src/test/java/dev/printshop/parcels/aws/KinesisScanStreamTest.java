package dev.printshop.parcels.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

class KinesisScanStreamTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final Scan FIRST = scan("parcel-a", "1");
    private static final Scan SECOND = scan("parcel-b", "2");
    private static final Scan THIRD = scan("parcel-c", "3");

    @Test
    void scans_areRecordsWithTheParcelAsPartitionKeyAndJsonAsData() {
        // given
        FakeKinesis kinesis = new FakeKinesis(() -> answer(taken(), taken()));

        // when
        List<Outcome> outcomes = new KinesisScanStream(kinesis, "dev-scans").put(List.of(FIRST, SECOND), NOW);

        // then
        assertThat(outcomes).containsExactly(new Outcome.Put(), new Outcome.Put());
        assertThat(kinesis.requests).singleElement().satisfies(request -> {
            assertThat(request.streamName()).isEqualTo("dev-scans");
            assertThat(request.records())
                    .extracting(PutRecordsRequestEntry::partitionKey)
                    .containsExactly("parcel-a", "parcel-b");
            assertThat(request.records())
                    .extracting(
                            entry -> ScanJson.read(JsonObject.parse(entry.data().asUtf8String()), NOW))
                    .containsExactly(FIRST, SECOND);
            assertThat(request.records())
                    .extracting(entry ->
                            JsonObject.parse(entry.data().asUtf8String()).instant("receivedAt"))
                    .containsOnly(NOW);
        });
    }

    @Test
    void moreScansThanOneCallTakes_arePutInSeveral_andAnsweredInTheirOrder() {
        // given the second call has one scan
        Deque<PutRecordsResponse> answers = new ArrayDeque<>(List.of(
                answer(Collections.nCopies(500, taken()).toArray(PutRecordsResultEntry[]::new)),
                answer(refused("ProvisionedThroughputExceededException"))));
        FakeKinesis kinesis = new FakeKinesis(answers::removeFirst);

        // when
        List<Outcome> outcomes = new KinesisScanStream(kinesis, "dev-scans").put(Collections.nCopies(501, FIRST), NOW);

        // then
        assertThat(kinesis.requests)
                .extracting(request -> request.records().size())
                .containsExactly(500, 1);
        assertThat(outcomes).hasSize(501);
        assertThat(outcomes.subList(0, 500)).containsOnly(new Outcome.Put());
        assertThat(outcomes.getLast()).isEqualTo(new Outcome.Throttled());
    }

    @Test
    void recordsThatAreRefused_areToldFromThoseThatWereTakenInTheSameCall() {
        // given
        FakeKinesis kinesis = new FakeKinesis(
                () -> answer(refused("ProvisionedThroughputExceededException"), taken(), refused("InternalFailure")));

        // when
        List<Outcome> outcomes = new KinesisScanStream(kinesis, "dev-scans").put(List.of(FIRST, SECOND, THIRD), NOW);

        // then
        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Throttled(), new Outcome.Put(), new Outcome.Failed("InternalFailure: refused"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProvisionedThroughputExceededException", "ThrottlingException", "KMSThrottlingException"})
    void aCallThatIsThrottled_isAThrottleOfAllScans(String errorCode) {
        // when
        List<Outcome> outcomes =
                new KinesisScanStream(failing(errorCode), "dev-scans").put(List.of(FIRST, SECOND), NOW);

        // then
        assertThat(outcomes).containsExactly(new Outcome.Throttled(), new Outcome.Throttled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "ResourceNotFoundException"})
    void aCallThatIsRefused_isAFailureOfAllScans(String errorCode) {
        // when
        List<Outcome> outcomes =
                new KinesisScanStream(failing(errorCode), "dev-scans").put(List.of(FIRST, SECOND), NOW);

        // then
        assertThat(outcomes)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.error()).contains("refused")));
    }

    @ParameterizedTest
    @MethodSource
    void aCallThatFailsWithoutAnErrorCode_isAFailureOfAllScans(@Nullable AwsErrorDetails details) {
        // given
        FakeKinesis kinesis = new FakeKinesis(() -> {
            throw KinesisException.builder()
                    .message("bad gateway")
                    .statusCode(502)
                    .awsErrorDetails(details)
                    .build();
        });

        // when
        List<Outcome> outcomes = new KinesisScanStream(kinesis, "dev-scans").put(List.of(FIRST), NOW);

        // then
        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Failed.class);
    }

    static Stream<Arguments> aCallThatFailsWithoutAnErrorCode_isAFailureOfAllScans() {
        return Stream.of(
                Arguments.of((Object) null),
                Arguments.of(AwsErrorDetails.builder().build()));
    }

    @Test
    void aCallWithoutAnAnswer_isAFailureOfAllScans() {
        // given
        FakeKinesis kinesis = new FakeKinesis(() -> {
            throw SdkClientException.create("unreachable");
        });

        // when
        List<Outcome> outcomes = new KinesisScanStream(kinesis, "dev-scans").put(List.of(FIRST), NOW);

        // then
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error()).contains("unreachable"));
    }

    private static FakeKinesis failing(String errorCode) {
        return new FakeKinesis(() -> {
            throw KinesisException.builder()
                    .message("refused")
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(errorCode)
                            .errorMessage("refused")
                            .build())
                    .build();
        });
    }

    private static PutRecordsResponse answer(PutRecordsResultEntry... records) {
        return PutRecordsResponse.builder().records(records).build();
    }

    private static PutRecordsResultEntry taken() {
        return PutRecordsResultEntry.builder()
                .sequenceNumber("1")
                .shardId("shardId-000000000000")
                .build();
    }

    private static PutRecordsResultEntry refused(String errorCode) {
        return PutRecordsResultEntry.builder()
                .errorCode(errorCode)
                .errorMessage("refused")
                .build();
    }

    private static Scan scan(String parcel, String scanId) {
        return new Scan(
                scanId,
                new ParcelId(parcel),
                Hubs.all().get("AMS"),
                ScanKind.RECEIVED,
                NOW,
                new Condition(OptionalDouble.of(-4.5), OptionalDouble.empty(), OptionalDouble.of(80)));
    }

    /** Takes note of what it is asked, and answers as it is told. */
    private static final class FakeKinesis implements KinesisClient {

        private final List<PutRecordsRequest> requests = new ArrayList<>();
        private final Supplier<PutRecordsResponse> answer;

        FakeKinesis(Supplier<PutRecordsResponse> answer) {
            this.answer = answer;
        }

        @Override
        public PutRecordsResponse putRecords(PutRecordsRequest request) {
            requests.add(request);
            return answer.get();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
