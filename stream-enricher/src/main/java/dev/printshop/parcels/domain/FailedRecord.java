package dev.printshop.parcels.domain;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A record of the scan stream that could not be handled, with all data for a redrive into the stream.
 *
 * @param streamArn the stream
 * @param shardId the shard
 * @param sequenceNumber the record's place in the shard
 * @param partitionKey its partition key
 * @param arrivedAt when the stream received it
 * @param data its content of any form; the position of the buffer doesn't change
 */
public record FailedRecord(
        String streamArn,
        String shardId,
        String sequenceNumber,
        String partitionKey,
        Instant arrivedAt,
        ByteBuffer data) {}
