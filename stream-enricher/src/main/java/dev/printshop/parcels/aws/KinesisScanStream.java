package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanStream;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.json.JsonObject;
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

    /** The error codes of what the stream, or the key that encrypts it, had no capacity for. */
    private static final Set<String> THROTTLES =
            Set.of("ProvisionedThroughputExceededException", "KMSThrottlingException");

    private final KinesisClient kinesis;
    private final String streamName;

    /**
     * Uses a stream.
     *
     * @param kinesis its calls end in time for an answer to the sender
     * @param streamName the stream
     */
    public KinesisScanStream(KinesisClient kinesis, String streamName) {
        this.kinesis = kinesis;
        this.streamName = streamName;
    }

    @Override
    public List<Outcome> put(List<Scan> scans, Instant receivedAt) {
        try {
            PutRecordsResponse response = kinesis.putRecords(request -> request.streamName(streamName)
                    .records(scans.stream()
                            .map(scan -> toRecord(scan, receivedAt))
                            .toList()));
            // PutRecords answers 200 even when it took nothing: which records it refused is only said in the body.
            return response.records().stream().map(KinesisScanStream::outcome).toList();
        } catch (AwsServiceException refused) {
            return allOf(scans, isThrottle(refused) ? new Outcome.Throttled() : new Outcome.Failed(refused.toString()));
        } catch (SdkException noAnswer) {
            return allOf(scans, new Outcome.Failed(noAnswer.toString()));
        }
    }

    /** Makes a first call, without effect, so that the next one is quick. */
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

    private static List<Outcome> allOf(List<Scan> scans, Outcome outcome) {
        return Collections.nCopies(scans.size(), outcome);
    }
}
