package dev.printshop.local.streams;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.streams.FunctionInvoker.Invoked;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The message to the failure destination about discarded records: it contains their place in the stream, but not the
 * records themselves. If a shard is processed in parallel, processed records may lie between them.
 *
 * @param mapping the event source mapping
 * @param shardId the shard that the records are in
 * @param step which records, and why
 * @param lastInvocation the function's last answer, if it was invoked
 * @param event the event for an invocation of the function
 * @param timestamp when they were discarded
 */
public record Failure(
        StreamMapping mapping,
        String shardId,
        Step.Discard step,
        Optional<Invoked> lastInvocation,
        String event,
        Instant timestamp) {

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** The record for a queue or topic. */
    String toJson() {
        return write(fields());
    }

    /** The record for a bucket, with the event that failed. */
    String toJsonWithPayload() {
        Map<String, Object> fields = fields();
        fields.put("payload", event);
        return write(fields);
    }

    private Map<String, Object> fields() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put(
                "requestId",
                lastInvocation
                        .map(Invoked::requestId)
                        .orElseGet(() -> UUID.randomUUID().toString()));
        request.put("functionArn", mapping.functionArn());
        request.put("condition", step.reason().condition());
        request.put("approximateInvokeCount", step.invocations());

        StreamRecord first = step.records().getFirst();
        StreamRecord last = step.records().getLast();
        Map<String, Object> batch = new LinkedHashMap<>();
        batch.put("shardId", shardId);
        batch.put("startSequenceNumber", first.sequenceNumber());
        batch.put("endSequenceNumber", last.sequenceNumber());
        batch.put("approximateArrivalOfFirstRecord", MILLISECONDS.format(first.arrivedAt()));
        batch.put("approximateArrivalOfLastRecord", MILLISECONDS.format(last.arrivedAt()));
        batch.put("batchSize", step.records().size());
        batch.put("streamArn", mapping.streamArn());

        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("requestContext", request);
        lastInvocation.ifPresent(invoked -> fields.put("responseContext", response(invoked)));
        fields.put("version", "1.0");
        fields.put("timestamp", MILLISECONDS.format(timestamp));
        fields.put(
                Arn.of(mapping.streamArn()).service().equals("kinesis") ? "KinesisBatchInfo" : "DDBStreamBatchInfo",
                batch);
        return fields;
    }

    private static Map<String, Object> response(Invoked invoked) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("statusCode", 200);
        response.put("executedVersion", invoked.executedVersion());
        if (invoked.functionError() != null) {
            response.put("functionError", invoked.functionError());
        }
        return response;
    }

    private static String write(Map<String, Object> fields) {
        try {
            return JSON.std.asString(fields);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
