package dev.printshop.parcels.aws;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * One stream of Kinesis in memory, with the limits of PutRecords. Records of one partition key are in one shard; those
 * of one call have no order. It refuses records, and fails, only as a test tells it to.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</a>
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/large-records.html">Handle large records</a>, which says
 *     that a record has 1 MiB at most, unless the stream was told to take larger ones
 */
final class InMemoryKinesis implements KinesisClient {

    private static final int MAX_RECORDS = 500;
    private static final int MAX_RECORD_BYTES = 1024 * 1024;
    private static final int MAX_CALL_BYTES = 10 * 1024 * 1024;
    private static final int MAX_PARTITION_KEY = 256;

    private final String stream;
    private final List<List<PutRecordsRequestEntry>> shards;
    private final List<Integer> calls = new ArrayList<>();
    private Function<PutRecordsRequestEntry, Optional<String>> refusal = _ -> Optional.empty();
    private Supplier<Optional<? extends RuntimeException>> failure = Optional::empty;

    InMemoryKinesis(String stream, int shards) {
        this.stream = stream;
        this.shards = IntStream.range(0, shards)
                .<List<PutRecordsRequestEntry>>mapToObj(_ -> new ArrayList<>())
                .toList();
    }

    /** Decides which records are refused from now on, each with an error code, while others of the call are taken. */
    void refuse(Function<PutRecordsRequestEntry, Optional<String>> errorCode) {
        refusal = errorCode;
    }

    /** Decides which calls fail from now on, and with what. Nothing is taken then. */
    void fail(Supplier<Optional<? extends RuntimeException>> with) {
        failure = with;
    }

    /** The records of each shard, in its order. */
    List<List<PutRecordsRequestEntry>> shards() {
        return shards;
    }

    /** How many records each call had. */
    List<Integer> calls() {
        return calls;
    }

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
        requireLimits(request);
        calls.add(request.records().size());
        failure.get().ifPresent(thrown -> {
            throw thrown;
        });
        List<Optional<String>> errors = request.records().stream().map(refusal).toList();
        for (int i = errors.size() - 1; i >= 0; i--) {
            if (errors.get(i).isEmpty()) {
                PutRecordsRequestEntry record = request.records().get(i);
                shards.get(shard(record.partitionKey())).add(record);
            }
        }
        return PutRecordsResponse.builder()
                .failedRecordCount(
                        (int) errors.stream().filter(Optional::isPresent).count())
                .records(errors.stream().map(InMemoryKinesis::result).toList())
                .build();
    }

    private static PutRecordsResultEntry result(Optional<String> errorCode) {
        return errorCode
                .map(code -> PutRecordsResultEntry.builder()
                        .errorCode(code)
                        .errorMessage("refused")
                        .build())
                .orElseGet(() -> PutRecordsResultEntry.builder()
                        .sequenceNumber("1")
                        .shardId("shardId-000000000000")
                        .build());
    }

    private void requireLimits(PutRecordsRequest request) {
        if (!request.streamName().equals(stream)) {
            throw refused("ResourceNotFoundException", "Stream %s not found".formatted(request.streamName()));
        }
        int records = request.records().size();
        demand(records >= 1 && records <= MAX_RECORDS, "%d records".formatted(records));
        long bytesOfCall = 0;
        for (PutRecordsRequestEntry record : request.records()) {
            int key = record.partitionKey().length();
            demand(key >= 1 && key <= MAX_PARTITION_KEY, "Partition key of %d characters".formatted(key));
            long bytes = (long) record.data().asByteArrayUnsafe().length
                    + record.partitionKey().getBytes(StandardCharsets.UTF_8).length;
            demand(bytes <= MAX_RECORD_BYTES, "Record of %d bytes".formatted(bytes));
            bytesOfCall += bytes;
        }
        demand(bytesOfCall <= MAX_CALL_BYTES, "Records exceed the call's limit: %d bytes".formatted(bytesOfCall));
    }

    private static void demand(boolean holds, String message) {
        if (!holds) {
            throw refused("ValidationException", message);
        }
    }

    /** What Kinesis answers to a call that it refuses. */
    static KinesisException refused(String errorCode, String message) {
        return (KinesisException) KinesisException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(errorCode)
                        .errorMessage(message)
                        .build())
                .build();
    }

    /** Each shard has an equal part of the keys' hashes. */
    private int shard(String partitionKey) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(partitionKey.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash)
                    .multiply(BigInteger.valueOf(shards.size()))
                    .shiftRight(128)
                    .intValue();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
