package dev.printshop.local.streams;

import java.time.Instant;
import java.util.Map;

/**
 * A record of a stream, as a function gets it.
 *
 * @param sequenceNumber its number in the shard; later records have higher ones
 * @param partitionKey the key of its order: the partition key, or the key of a DynamoDB item
 * @param arrivedAt when the stream received it, approximately
 * @param sizeInBytes its size in the payload of an invocation
 * @param event the element of the event's list {@code Records}
 */
public record StreamRecord(
        String sequenceNumber, String partitionKey, Instant arrivedAt, int sizeInBytes, Map<String, Object> event) {}
