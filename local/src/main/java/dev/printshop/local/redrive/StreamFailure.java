package dev.printshop.local.redrive;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Failed records of a stream, from a message of a failure queue: a message of Lambda contains their place in the
 * stream; one of a function contains a record with its data.
 *
 * @param streamArn the stream
 * @param shardId the shard
 * @param first the sequence number of the first record
 * @param last the sequence number of the last record
 * @param batchSize how many of the records in this range failed; the others, if any, were processed
 * @param record the record itself, if the message contains it
 */
record StreamFailure(
        String streamArn, String shardId, String first, String last, int batchSize, Optional<Record> record) {

    private static final Predicate<String> SEQUENCE_NUMBER =
            Pattern.compile("\\d+").asMatchPredicate();

    /** In the order of the stream; two messages about the same records are equal, with or without the data. */
    static final Comparator<StreamFailure> ORDER = Comparator.comparing(StreamFailure::streamArn)
            .thenComparing(StreamFailure::shardId)
            .thenComparing(failure -> new BigInteger(failure.first()))
            .thenComparing(failure -> new BigInteger(failure.last()));

    /** Reads a message, if it is about records of a Kinesis stream. */
    static Optional<StreamFailure> parse(String message) {
        return object(message)
                .flatMap(fields ->
                        ofBatch(fields.get("KinesisBatchInfo")).or(() -> ofRecord(fields.get("kinesisRecord"))));
    }

    /** The fields of a message that is a JSON object. */
    static Optional<Map<String, Object>> object(String message) {
        return WholeJson.object(message.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Lambda's message about a batch for the remaining records, after its later records were put again.
     *
     * @param message the message that this was read from
     * @param found the first record that was still in the stream
     * @param lost how many records before it had aged out
     */
    String messageAboutLost(String message, Record found, int lost) {
        Map<String, Object> fields = new LinkedHashMap<>(object(message).orElseThrow());
        Map<Object, Object> batch = new LinkedHashMap<>((Map<?, ?>) fields.get("KinesisBatchInfo"));
        BigInteger before = new BigInteger(found.sequenceNumber()).subtract(BigInteger.ONE);
        batch.put("endSequenceNumber", before.toString());
        batch.put("batchSize", lost);
        fields.put("KinesisBatchInfo", batch);
        return WholeJson.write(fields);
    }

    private static Optional<StreamFailure> ofBatch(@Nullable Object batch) {
        return batch instanceof Map<?, ?> fields
                        && fields.get("streamArn") instanceof String streamArn
                        && fields.get("shardId") instanceof String shardId
                        && fields.get("startSequenceNumber") instanceof String first
                        && SEQUENCE_NUMBER.test(first)
                        && fields.get("endSequenceNumber") instanceof String last
                        && SEQUENCE_NUMBER.test(last)
                        && fields.get("batchSize") instanceof Number batchSize
                ? Optional.of(
                        new StreamFailure(streamArn, shardId, first, last, batchSize.intValue(), Optional.empty()))
                : Optional.empty();
    }

    /** Data that were too large for the message are missing: then the record is read from the stream. */
    private static Optional<StreamFailure> ofRecord(@Nullable Object streamed) {
        if (streamed instanceof Map<?, ?> fields
                && fields.get("streamArn") instanceof String streamArn
                && fields.get("shardId") instanceof String shardId
                && fields.get("sequenceNumber") instanceof String number
                && SEQUENCE_NUMBER.test(number)
                && fields.get("partitionKey") instanceof String partitionKey
                && fields.get("approximateArrivalTimestamp") instanceof String arrival) {
            try {
                Instant arrivedAt = Instant.parse(arrival);
                Optional<Record> kept = fields.get("data") instanceof String data
                        ? Optional.of(Record.builder()
                                .sequenceNumber(number)
                                .partitionKey(partitionKey)
                                .approximateArrivalTimestamp(arrivedAt)
                                .data(SdkBytes.fromByteArray(Base64.getDecoder().decode(data)))
                                .build())
                        : Optional.empty();
                return Optional.of(new StreamFailure(streamArn, shardId, number, number, 1, kept));
            } catch (DateTimeException | IllegalArgumentException _) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
