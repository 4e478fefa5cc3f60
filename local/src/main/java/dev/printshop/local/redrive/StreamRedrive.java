package dev.printshop.local.redrive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Puts failed records into their stream again. */
final class StreamRedrive {

    /** The heartbeat that FindSilentParcels puts into each shard. */
    static final SdkBytes HEARTBEAT = SdkBytes.fromUtf8String("{\"heartbeat\":true}");

    private final KinesisClient kinesis;

    /** The last record that was put for a partition key: the next one of the key must come after it. */
    private final Map<String, String> lastPut = new HashMap<>();

    StreamRedrive(KinesisClient kinesis) {
        this.kinesis = kinesis;
    }

    /**
     * The result for a failure's records.
     *
     * @param found the records that were still in the stream
     * @param putAgain how many of them were put to the stream again: all but heartbeats
     * @param lost how many had aged out of the stream, before those that were found
     */
    record Result(List<Record> found, int putAgain, int lost) {}

    /**
     * Reads the records and puts them again, one after the other, with the same partition keys, and with the time of
     * their first arrival if they don't contain a time of receipt. Heartbeats are omitted: they measure the progress of
     * the stream, and old ones are meaningless. A record that was put twice, because the redrive was interrupted and
     * restarted, is a duplicate like any other.
     */
    Result redrive(StreamFailure failure) {
        List<Record> records = failure.record().map(List::of).orElseGet(() -> read(failure));
        int putAgain = 0;
        for (Record found : records) {
            if (HEARTBEAT.equals(found.data())) {
                continue;
            }
            PutRecordRequest.Builder put = PutRecordRequest.builder()
                    .streamARN(failure.streamArn())
                    .partitionKey(found.partitionKey())
                    .data(Receipt.addTo(found.data(), found.approximateArrivalTimestamp()));
            String previous = lastPut.get(found.partitionKey());
            if (previous != null) {
                put.sequenceNumberForOrdering(previous);
            }
            lastPut.put(found.partitionKey(), kinesis.putRecord(put.build()).sequenceNumber());
            putAgain++;
        }
        return new Result(records, putAgain, lost(records, failure));
    }

    /** Records expire from the oldest on. If a batch has fewer records than its range, the others were processed. */
    private static int lost(List<Record> found, StreamFailure failure) {
        if (found.isEmpty()) {
            return failure.batchSize();
        }
        boolean hasEnds = found.getFirst().sequenceNumber().equals(failure.first())
                && found.getLast().sequenceNumber().equals(failure.last());
        return Math.max(failure.batchSize() - found.size(), hasEnds ? 0 : 1);
    }

    private List<Record> read(StreamFailure failure) {
        List<Record> records = new ArrayList<>();
        BigInteger first = new BigInteger(failure.first());
        BigInteger last = new BigInteger(failure.last());
        String iterator = iterator(failure);
        while (iterator != null) {
            String current = iterator;
            GetRecordsResponse page =
                    kinesis.getRecords(get -> get.streamARN(failure.streamArn()).shardIterator(current));
            for (Record found : page.records()) {
                BigInteger number = new BigInteger(found.sequenceNumber());
                if (number.compareTo(last) > 0) {
                    return records;
                }
                if (number.compareTo(first) >= 0) {
                    records.add(found);
                }
            }
            boolean atTheEnd =
                    page.records().isEmpty() && (page.millisBehindLatest() == null || page.millisBehindLatest() == 0);
            boolean haveLast =
                    !records.isEmpty() && records.getLast().sequenceNumber().equals(failure.last());
            iterator = atTheEnd || haveLast ? null : page.nextShardIterator();
        }
        return records;
    }

    private @Nullable String iterator(StreamFailure failure) {
        try {
            return kinesis.getShardIterator(get -> get.streamARN(failure.streamArn())
                            .shardId(failure.shardId())
                            .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                            .startingSequenceNumber(failure.first()))
                    .shardIterator();
        } catch (ResourceNotFoundException _) {
            // The shard has expired.
            return null;
        }
    }
}
