package dev.printshop.local.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A Kinesis data stream or the stream of a DynamoDB table. */
public interface EventStream {

    /** The shards that the stream has now, open and closed. */
    List<ShardLineage.Shard> shards();

    /** How long the stream keeps a record. */
    Duration retention();

    /** How long Lambda waits after a read of a shard without records. */
    Duration betweenReads();

    /** Begins to read a shard. */
    ShardReader open(String shardId, Start start);

    /** Where reading begins. */
    sealed interface Start {
        /** With the oldest record that the stream has. */
        record Oldest() implements Start {}

        /** With the first record that arrived at this moment or later. */
        record At(Instant moment) implements Start {}

        /** With the record after this one. */
        record After(String sequenceNumber) implements Start {}
    }

    /** Reads a shard, page by page. */
    @FunctionalInterface
    interface ShardReader {
        Page next();
    }

    /**
     * The result of one read.
     *
     * @param caughtUp whether all records have been read
     * @param ended whether there will be no further records, because the shard is closed
     */
    record Page(List<StreamRecord> records, boolean caughtUp, boolean ended) {

        static final Page END = new Page(List.of(), true, true);
    }
}
