package dev.printshop.parcels.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanStream;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.domain.ScanStreamContract;
import dev.printshop.shared.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

/** The adapter on a stream in memory, which has the limits of Kinesis. */
class KinesisScanStreamTest extends ScanStreamContract {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final Scan FIRST = scan("parcel-a", "1");
    private static final Scan SECOND = scan("parcel-b", "2");
    private static final Scan THIRD = scan("parcel-c", "3");

    private final InMemoryKinesis kinesis = new InMemoryKinesis("dev-scans", 3);
    private final KinesisScanStream stream = new KinesisScanStream(kinesis, "dev-scans");

    @Test
    void scansOfAParcel_areInOneShard() {
        for (int i = 0; i < 50; i++) {
            String parcel = "parcel-" + i;
            stream.put(List.of(scan(parcel, "1"), scan(parcel, "2")), NOW);
        }

        assertThat(kinesis.shards())
                .hasSize(3)
                .allSatisfy(shard -> assertThat(shard)
                        .isNotEmpty()
                        .allSatisfy(record -> assertThat(
                                        JsonObject.parse(record.data().asUtf8String())
                                                .text("parcelId"))
                                .isEqualTo(record.partitionKey())));
    }

    @Test
    void moreScansThanOneCallTakes_arePutInSeveral_andAnsweredInTheirOrder() {
        // given the second call has one scan
        kinesis.refuse(record -> record.partitionKey().equals("parcel-b")
                ? Optional.of("ProvisionedThroughputExceededException")
                : Optional.empty());
        List<Scan> scans = new ArrayList<>(Collections.nCopies(500, FIRST));
        scans.add(SECOND);

        // when
        List<Outcome> outcomes = stream.put(scans, NOW);

        // then
        assertThat(kinesis.calls()).containsExactly(500, 1);
        assertThat(outcomes).hasSize(501);
        assertThat(outcomes.subList(0, 500)).containsOnly(new Outcome.Put());
        assertThat(outcomes.getLast()).isEqualTo(new Outcome.Throttled());
    }

    @Test
    void refusedRecords_areDistinguishedFromAcceptedOnesOfTheSameCall() {
        // given
        Map<String, String> errorCodes =
                Map.of("parcel-a", "ProvisionedThroughputExceededException", "parcel-c", "InternalFailure");
        kinesis.refuse(record -> Optional.ofNullable(errorCodes.get(record.partitionKey())));

        // when
        List<Outcome> outcomes = stream.put(List.of(FIRST, SECOND, THIRD), NOW);

        // then
        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Throttled(), new Outcome.Put(), new Outcome.Failed("InternalFailure: refused"));
        assertThat(received()).extracting(Received::scan).containsExactly(SECOND);
    }

    @Test
    void streamThatIsNotThere_isAFailureOfAllScans() {
        assertThat(new KinesisScanStream(kinesis, "other").put(List.of(FIRST, SECOND), NOW))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Failed.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProvisionedThroughputExceededException", "ThrottlingException", "KMSThrottlingException"})
    void callThatIsThrottled_isAThrottleOfAllScans(String errorCode) {
        // given
        kinesis.fail(() -> Optional.of(InMemoryKinesis.refused(errorCode, "refused")));

        // when
        List<Outcome> outcomes = stream.put(List.of(FIRST, SECOND), NOW);

        // then
        assertThat(outcomes).containsExactly(new Outcome.Throttled(), new Outcome.Throttled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "ResourceNotFoundException"})
    void callThatIsRefused_isAFailureOfAllScans(String errorCode) {
        // given
        kinesis.fail(() -> Optional.of(InMemoryKinesis.refused(errorCode, "refused")));

        // when
        List<Outcome> outcomes = stream.put(List.of(FIRST, SECOND), NOW);

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
    void callThatFailsWithoutAnErrorCode_isAFailureOfAllScans(@Nullable AwsErrorDetails details) {
        // given
        kinesis.fail(() -> Optional.of((KinesisException) KinesisException.builder()
                .message("bad gateway")
                .statusCode(502)
                .awsErrorDetails(details)
                .build()));

        // when
        List<Outcome> outcomes = stream.put(List.of(FIRST), NOW);

        // then
        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Failed.class);
    }

    static Stream<Arguments> callThatFailsWithoutAnErrorCode_isAFailureOfAllScans() {
        return Stream.of(
                Arguments.of((Object) null),
                Arguments.of(AwsErrorDetails.builder().build()));
    }

    @Test
    void callWithoutAnAnswer_isAFailureOfAllScans() {
        // given
        kinesis.fail(() -> Optional.of(SdkClientException.create("unreachable")));

        // when
        List<Outcome> outcomes = stream.put(List.of(FIRST), NOW);

        // then
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error()).contains("unreachable"));
    }

    @Override
    protected ScanStream stream() {
        return stream;
    }

    @Override
    protected List<Received> received() {
        return kinesis.shards().stream()
                .flatMap(List::stream)
                .map(record -> Received.of(record.data().asByteBuffer()))
                .toList();
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
}
