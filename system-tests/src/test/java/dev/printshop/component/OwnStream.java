package dev.printshop.component;

import dev.printshop.local.Stack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * A separate stream of two shards for a test, without functions as consumers.
 *
 * @param kinesis the client
 * @param name its name
 */
record OwnStream(KinesisClient kinesis, String name) {

    static OwnStream create(Stack stack) {
        OwnStream stream = new OwnStream(stack.client(KinesisClient.builder()), "component-" + UUID.randomUUID());
        stream.kinesis.createStream(create -> create.streamName(stream.name).shardCount(2));
        stream.kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName(stream.name));
        return stream;
    }

    void delete() {
        kinesis.deleteStream(delete -> delete.streamName(name));
    }

    /** The data of the records of each shard, in its order. */
    Map<String, List<ByteBuffer>> recordsByShard() {
        Map<String, List<ByteBuffer>> records = new LinkedHashMap<>();
        kinesis.listShards(list -> list.streamName(name))
                .shards()
                .forEach(shard -> records.put(shard.shardId(), records(shard.shardId())));
        return records;
    }

    private List<ByteBuffer> records(String shardId) {
        List<ByteBuffer> records = new ArrayList<>();
        String iterator = kinesis.getShardIterator(
                        get -> get.streamName(name).shardId(shardId).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        long millisBehind;
        do {
            String from = iterator;
            GetRecordsResponse page = kinesis.getRecords(get -> get.shardIterator(from));
            page.records().forEach(record -> records.add(record.data().asByteBuffer()));
            iterator = page.nextShardIterator();
            millisBehind = page.millisBehindLatest();
        } while (millisBehind > 0);
        return records;
    }
}
