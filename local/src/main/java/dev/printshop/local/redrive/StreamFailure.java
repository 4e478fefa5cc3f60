package dev.printshop.local.redrive;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a stream the records are that a function failed on, as its failure destination was told.
 *
 * @param streamArn the stream
 * @param shardId the shard
 * @param first the sequence number of the first record
 * @param last the sequence number of the last record
 * @param batchSize how many of the records in between failed; if fewer than there are, the others were processed
 */
record StreamFailure(String streamArn, String shardId, String first, String last, int batchSize) {

    private static final Predicate<String> SEQUENCE_NUMBER =
            Pattern.compile("\\d+").asMatchPredicate();

    /** In the order of the stream. */
    static final Comparator<StreamFailure> ORDER = Comparator.comparing(StreamFailure::streamArn)
            .thenComparing(StreamFailure::shardId)
            .thenComparing(failure -> new BigInteger(failure.first()))
            .thenComparing(failure -> new BigInteger(failure.last()));

    /** Reads a message, if it tells of records in a Kinesis stream. */
    static Optional<StreamFailure> parse(String message) {
        return object(message).flatMap(fields -> ofBatch(fields.get("KinesisBatchInfo")));
    }

    /** The fields of a message that is a JSON object. */
    static Optional<Map<?, ?>> object(String message) {
        try {
            return JSON.std.anyFrom(message) instanceof Map<?, ?> fields ? Optional.of(fields) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
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
                ? Optional.of(new StreamFailure(streamArn, shardId, first, last, batchSize.intValue()))
                : Optional.empty();
    }
}
