package dev.printshop.local.streams;

import dev.printshop.local.streams.ShardLineage.Shard;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A Kinesis data stream, read as a shared-throughput consumer. */
public final class KinesisEventStream implements EventStream {

    private static final int MOST_RECORDS = 10_000;

    private final KinesisClient kinesis;
    private final String streamArn;
    private final String functionRoleArn;

    /**
     * @param functionRoleArn the role with which Lambda would read the stream, which is a field of each record of an
     *     event
     */
    public KinesisEventStream(KinesisClient kinesis, String streamArn, String functionRoleArn) {
        this.kinesis = kinesis;
        this.streamArn = streamArn;
        this.functionRoleArn = functionRoleArn;
    }

    @Override
    public List<Shard> shards() {
        return kinesis.listShards(list -> list.streamARN(streamArn)).shards().stream()
                .map(shard -> new Shard(shard.shardId(), parents(shard.parentShardId(), shard.adjacentParentShardId())))
                .toList();
    }

    private static Set<String> parents(@Nullable String parent, @Nullable String adjacent) {
        Set<String> parents = new HashSet<>();
        if (parent != null) {
            parents.add(parent);
        }
        if (adjacent != null) {
            parents.add(adjacent);
        }
        return parents;
    }

    @Override
    public Duration retention() {
        return Duration.ofHours(kinesis.describeStreamSummary(describe -> describe.streamARN(streamArn))
                .streamDescriptionSummary()
                .retentionPeriodHours());
    }

    /**
     * Once a second.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Using Lambda to process records from
     *     Amazon Kinesis Data Streams</a>
     */
    @Override
    public Duration betweenReads() {
        return Duration.ofSeconds(1);
    }

    @Override
    public ShardReader open(String shardId, Start start) {
        return new Reader(shardId, start);
    }

    private final class Reader implements ShardReader {

        private final String shardId;
        private Start place;
        private @Nullable String iterator;

        Reader(String shardId, Start start) {
            this.shardId = shardId;
            this.place = start;
        }

        @Override
        public Page next() {
            try {
                if (iterator == null) {
                    iterator = iterator();
                }
                String current = iterator;
                GetRecordsResponse page = kinesis.getRecords(
                        get -> get.streamARN(streamArn).shardIterator(current).limit(MOST_RECORDS));
                iterator = page.nextShardIterator();
                if (!page.records().isEmpty()) {
                    place = new Start.After(page.records().getLast().sequenceNumber());
                }
                boolean caughtUp = page.millisBehindLatest() == null || page.millisBehindLatest() == 0;
                return new Page(page.records().stream().map(this::event).toList(), caughtUp, iterator == null);
            } catch (ExpiredIteratorException _) {
                // The iterator has expired; the next read gets a new one.
                iterator = null;
                return new Page(List.of(), false, false);
            } catch (ResourceNotFoundException _) {
                // On AWS a closed shard is removed with its last record; the emulator drops it as soon as it is split.
                return Page.END;
            }
        }

        private String iterator() {
            GetShardIteratorRequest.Builder request =
                    GetShardIteratorRequest.builder().streamARN(streamArn).shardId(shardId);
            switch (place) {
                case Start.Oldest() -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
                case Start.At(var moment) ->
                    request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(moment);
                case Start.After(var number) ->
                    request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .startingSequenceNumber(number);
            }
            return kinesis.getShardIterator(request.build()).shardIterator();
        }

        private StreamRecord event(Record kinesisRecord) {
            byte[] data = kinesisRecord.data().asByteArrayUnsafe();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("kinesisSchemaVersion", "1.0");
            fields.put("partitionKey", kinesisRecord.partitionKey());
            fields.put("sequenceNumber", kinesisRecord.sequenceNumber());
            fields.put("data", Base64.getEncoder().encodeToString(data));
            fields.put(
                    "approximateArrivalTimestamp",
                    BigDecimal.valueOf(
                            kinesisRecord.approximateArrivalTimestamp().toEpochMilli(), 3));
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("kinesis", fields);
            event.put("eventSource", "aws:kinesis");
            event.put("eventVersion", "1.0");
            event.put("eventID", shardId + ":" + kinesisRecord.sequenceNumber());
            event.put("eventName", "aws:kinesis:record");
            event.put("invokeIdentityArn", functionRoleArn);
            event.put("awsRegion", Arn.of(streamArn).region());
            event.put("eventSourceARN", streamArn);
            return new StreamRecord(
                    kinesisRecord.sequenceNumber(),
                    kinesisRecord.partitionKey(),
                    kinesisRecord.approximateArrivalTimestamp(),
                    600 + 4 * kinesisRecord.partitionKey().length() + data.length * 4 / 3,
                    event);
        }
    }
}
