package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.json.Heartbeat;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Kinesis records in Lambda events, and the results. */
final class KinesisRecords {

    static final String STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/scans";
    static final String SHARD_ID = "shardId-000000000000";

    private KinesisRecords() {}

    static KinesisEvent batch(List<KinesisEventRecord> records) {
        KinesisEvent event = new KinesisEvent();
        event.setRecords(records);
        return event;
    }

    static KinesisEventRecord record(int number, Scan scan, Instant arrival) {
        return record(number, json(scan), arrival);
    }

    static KinesisEventRecord record(int number, String data, Instant arrival) {
        KinesisEvent.Record content = new KinesisEvent.Record();
        content.setSequenceNumber("number-%04d".formatted(number));
        content.setApproximateArrivalTimestamp(Date.from(arrival));
        content.setData(ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)));
        content.setPartitionKey("key-" + number);
        KinesisEventRecord streamed = new KinesisEventRecord();
        streamed.setEventSourceARN(STREAM_ARN);
        streamed.setEventID(SHARD_ID + ":" + content.getSequenceNumber());
        streamed.setKinesis(content);
        return streamed;
    }

    static KinesisEventRecord heartbeat(int number, Instant arrival) {
        return record(number, new String(Heartbeat.data(), StandardCharsets.UTF_8), arrival);
    }

    /** A scan's record in the stream. */
    static String json(Scan scan) {
        return JsonObject.write(ScanJson.write(scan));
    }

    /** The reported batch item failures of an answer: one sequence number, or none. */
    static List<String> failed(StreamsEventResponse answer) {
        return answer.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
