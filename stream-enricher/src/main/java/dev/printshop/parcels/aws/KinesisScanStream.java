package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanStream;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.aws.CallLimits;
import dev.printshop.shared.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** The scan stream in Kinesis. The parcel id is the partition key, so that all scans of a parcel are in one shard. */
public final class KinesisScanStream implements ScanStream {

    /**
     * What PutRecords accepts in one call. A record may have 1 MiB; that of a scan, whose ids have a limited length,
     * has about 300 bytes.
     *
     * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</a>
     */
    private static final CallLimits CALL = new CallLimits(500, 5 * 1024 * 1024);

    /** The error codes of throttling by the stream or by the key that encrypts it. */
    private static final Set<String> THROTTLES =
            Set.of("ProvisionedThroughputExceededException", "KMSThrottlingException");

    private final KinesisClient kinesis;
    private final String streamName;

    /**
     * Uses a stream.
     *
     * @param kinesis a client whose calls end in time for a response to the sender
     * @param streamName the stream
     */
    public KinesisScanStream(KinesisClient kinesis, String streamName) {
        this.kinesis = kinesis;
        this.streamName = streamName;
    }

    @Override
    public List<Outcome> put(List<Scan> scans, Instant receivedAt) {
        List<PutRecordsRequestEntry> records =
                scans.stream().map(scan -> toRecord(scan, receivedAt)).toList();
        return CALL.cut(records, KinesisScanStream::bytes).stream()
                .flatMap(call -> putInOneCall(call).stream())
                .toList();
    }

    private List<Outcome> putInOneCall(List<PutRecordsRequestEntry> records) {
        try {
            PutRecordsResponse response =
                    kinesis.putRecords(request -> request.streamName(streamName).records(records));
            // PutRecords answers 200 even if it accepts no record: refused records are only listed in the body.
            return response.records().stream().map(KinesisScanStream::outcome).toList();
        } catch (AwsServiceException e) {
            return allOf(records, isThrottle(e) ? new Outcome.Throttled() : new Outcome.Failed(e.toString()));
        } catch (SdkException e) {
            return allOf(records, new Outcome.Failed(e.toString()));
        }
    }

    private static long bytes(PutRecordsRequestEntry record) {
        return (long) record.data().asByteArrayUnsafe().length
                + record.partitionKey().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Makes a first call without effect, so that the next one is fast. */
    public void prime() {
        kinesis.describeStreamSummary(request -> request.streamName(streamName));
    }

    private static PutRecordsRequestEntry toRecord(Scan scan, Instant receivedAt) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(scan.parcel().value())
                .data(SdkBytes.fromUtf8String(JsonObject.write(ScanJson.write(scan, receivedAt))))
                .build();
    }

    private static Outcome outcome(PutRecordsResultEntry result) {
        if (result.errorCode() == null) {
            return new Outcome.Put();
        }
        return THROTTLES.contains(result.errorCode())
                ? new Outcome.Throttled()
                : new Outcome.Failed(result.errorCode() + ": " + result.errorMessage());
    }

    private static boolean isThrottle(AwsServiceException refused) {
        return refused.isThrottlingException()
                || Optional.ofNullable(refused.awsErrorDetails())
                        .map(AwsErrorDetails::errorCode)
                        .filter(THROTTLES::contains)
                        .isPresent();
    }

    private static List<Outcome> allOf(List<PutRecordsRequestEntry> records, Outcome outcome) {
        return Collections.nCopies(records.size(), outcome);
    }
}
