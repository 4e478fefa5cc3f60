package dev.printshop.parcels.domain;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A record of the scan stream that could not be handled, with all that it takes to put it into the stream again.
 *
 * @param streamArn the stream
 * @param shardId the shard
 * @param sequenceNumber the record's place in the shard
 * @param partitionKey the key that it was put with
 * @param arrivedAt when the stream received it
 * @param data its content, whatever that is; the position of the buffer doesn't change
 */
public record FailedRecord(
        String streamArn,
        String shardId,
        String sequenceNumber,
        String partitionKey,
        Instant arrivedAt,
        ByteBuffer data) {}
