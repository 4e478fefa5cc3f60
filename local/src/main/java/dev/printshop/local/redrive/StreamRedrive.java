package dev.printshop.local.redrive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Puts records that a function failed on to their stream once more. */
final class StreamRedrive {

    private final KinesisClient kinesis;

    /** The last record that was put for a partition key: the next one of the key must come after it. */
    private final Map<String, String> lastPut = new HashMap<>();

    StreamRedrive(KinesisClient kinesis) {
        this.kinesis = kinesis;
    }

    /**
     * What became of a failure's records.
     *
     * @param put how many were put to the stream again
     * @param allThere whether none had aged out of the stream
     */
    record Result(int put, boolean allThere) {}

    /**
     * Reads the records and puts them again, one after the other, with the same partition keys, and with the time of
     * their first arrival if they don't say when they were received. A record that was put twice, because this was
     * stopped in between and started again, is a duplicate as others are.
     */
    Result redrive(StreamFailure failure) {
        List<Record> records = failure.record().map(List::of).orElseGet(() -> read(failure));
        for (Record found : records) {
            PutRecordRequest.Builder put = PutRecordRequest.builder()
                    .streamARN(failure.streamArn())
                    .partitionKey(found.partitionKey())
                    .data(Receipt.addTo(found.data(), found.approximateArrivalTimestamp()));
            String previous = lastPut.get(found.partitionKey());
            if (previous != null) {
                put.sequenceNumberForOrdering(previous);
            }
            lastPut.put(found.partitionKey(), kinesis.putRecord(put.build()).sequenceNumber());
        }
        return new Result(records.size(), holdsAll(records, failure));
    }

    private static boolean holdsAll(List<Record> records, StreamFailure failure) {
        // Records age out from the oldest on.
        return !records.isEmpty()
                && records.size() >= failure.batchSize()
                && records.getFirst().sequenceNumber().equals(failure.first())
                && records.getLast().sequenceNumber().equals(failure.last());
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
        } catch (ResourceNotFoundException shardAgedOut) {
            return null;
        }
    }
}
