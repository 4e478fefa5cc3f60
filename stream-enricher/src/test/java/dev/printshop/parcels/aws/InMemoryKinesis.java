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
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * One stream of Kinesis in memory, with the limits of PutRecords. Records of one partition key are in one shard; those
 * of one call have no order. Its shards are listed one per page. It refuses records of PutRecords, and fails calls,
 * only as a test specifies.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</a>
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/large-records.html">Handle large records</a>, which says
 *     that a record has 1 MiB at most, unless the stream is configured for larger ones
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

    /**
     * Decides which records are refused from now on, each with an error code, while others of the call are accepted.
     */
    void refuse(Function<PutRecordsRequestEntry, Optional<String>> errorCode) {
        refusal = errorCode;
    }

    /** Decides which calls fail from now on, and with which exception. A failed call has no effect. */
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

    @Override
    public PutRecordResponse putRecord(PutRecordRequest request) {
        requireStream(request.streamName());
        int shard = request.explicitHashKey() == null
                ? shard(request.partitionKey())
                : shard(new BigInteger(request.explicitHashKey()));
        shards.get(shard)
                .add(PutRecordsRequestEntry.builder()
                        .partitionKey(request.partitionKey())
                        .data(request.data())
                        .build());
        return PutRecordResponse.builder()
                .shardId(shardId(shard))
                .sequenceNumber("1")
                .build();
    }

    @Override
    public ListShardsResponse listShards(ListShardsRequest request) {
        int shard = 0;
        if (request.nextToken() == null) {
            requireStream(request.streamName());
        } else {
            demand(
                    request.streamName() == null && request.shardFilter() == null,
                    "NextToken and StreamName cannot be provided together");
            shard = Integer.parseInt(request.nextToken());
        }
        return ListShardsResponse.builder()
                .shards(Shard.builder()
                        .shardId(shardId(shard))
                        .hashKeyRange(HashKeyRange.builder()
                                .startingHashKey(firstHash(shard).toString())
                                .endingHashKey(firstHash(shard + 1)
                                        .subtract(BigInteger.ONE)
                                        .toString())
                                .build())
                        .build())
                .nextToken(shard + 1 < shards.size() ? Integer.toString(shard + 1) : null)
                .build();
    }

    static String shardId(int shard) {
        return "shardId-%012d".formatted(shard);
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
        requireStream(request.streamName());
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

    private void requireStream(String name) {
        if (!name.equals(stream)) {
            throw refused("ResourceNotFoundException", "Stream %s not found".formatted(name));
        }
    }

    private static void demand(boolean holds, String message) {
        if (!holds) {
            throw refused("ValidationException", message);
        }
    }

    /** The error response of Kinesis to a refused call. */
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

    private int shard(String partitionKey) {
        try {
            return shard(new BigInteger(
                    1, MessageDigest.getInstance("MD5").digest(partitionKey.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each shard has an equal part of the hashes. */
    private int shard(BigInteger hash) {
        return IntStream.range(0, shards.size())
                .filter(shard -> firstHash(shard + 1).compareTo(hash) > 0)
                .findFirst()
                .orElseThrow();
    }

    private BigInteger firstHash(int shard) {
        return BigInteger.ONE
                .shiftLeft(128)
                .multiply(BigInteger.valueOf(shard))
                .divide(BigInteger.valueOf(shards.size()));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
