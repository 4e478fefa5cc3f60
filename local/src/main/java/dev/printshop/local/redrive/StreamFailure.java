package dev.printshop.local.redrive;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
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
record StreamFailure(String streamArn, String shardId, BigInteger first, BigInteger last, int batchSize) {

    /** In the order of the stream. */
    static final Comparator<StreamFailure> ORDER = Comparator.comparing(StreamFailure::streamArn)
            .thenComparing(StreamFailure::shardId)
            .thenComparing(StreamFailure::first)
            .thenComparing(StreamFailure::last);

    /** Reads a message, if it tells of records in a Kinesis stream. */
    static Optional<StreamFailure> parse(String message) {
        return object(message).map(fields -> fields.get("KinesisBatchInfo")).flatMap(StreamFailure::ofBatch);
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
        try {
            return batch instanceof Map<?, ?> fields
                            && fields.get("streamArn") instanceof String streamArn
                            && fields.get("shardId") instanceof String shardId
                            && fields.get("startSequenceNumber") instanceof String first
                            && fields.get("endSequenceNumber") instanceof String last
                            && fields.get("batchSize") instanceof Number batchSize
                    ? Optional.of(new StreamFailure(
                            streamArn, shardId, new BigInteger(first), new BigInteger(last), batchSize.intValue()))
                    : Optional.empty();
        } catch (NumberFormatException noSequenceNumber) {
            return Optional.empty();
        }
    }
}
