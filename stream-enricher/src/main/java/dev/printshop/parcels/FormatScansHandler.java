package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisFirehoseEvent;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.json.Heartbeat;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.parcels.json.ScanLine;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entry point of FormatScans: transforms the records of a delivery stream from the scan stream to the data lake. The
 * result of a scan is a line with the day and the hub as partition keys; any other record is marked as failed. Firehose
 * stores failed records separately. Heartbeats are dropped.
 *
 * <p>The answer is a map, because the type of AWS's library has no partition keys.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html">Required
 *     parameters for data transformation</a>
 */
public final class FormatScansHandler implements RequestHandler<KinesisFirehoseEvent, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(FormatScansHandler.class);

    /** Needs no environment variables. */
    public FormatScansHandler() {
        Priming.of(this).beforeCheckpoint();
    }

    @Override
    public Map<String, Object> handleRequest(KinesisFirehoseEvent event, Context context) {
        return Telemetry.during(
                context,
                () -> Map.of(
                        "records",
                        event.getRecords().stream()
                                .map(FormatScansHandler::format)
                                .toList()));
    }

    private static Map<String, Object> format(KinesisFirehoseEvent.Record record) {
        if (Heartbeat.is(record.getData())) {
            LOG.debug("Heartbeat dropped", LogField.RECORD_ID.with(record.getRecordId()));
            return answer(record, "Dropped");
        }
        try {
            // The same rules as in EnrichScans: the lake has exactly the scans of the history.
            Scan scan = ScanJson.read(record.getData(), Instant.ofEpochMilli(record.getApproximateArrivalTimestamp()));
            LOG.debug(
                    "Scan formatted",
                    LogField.RECORD_ID.with(record.getRecordId()),
                    LogField.SCAN.with(scan.scanId()),
                    LogField.PARCEL.with(scan.parcel()));
            return Map.of(
                    "recordId", record.getRecordId(),
                    "result", "Ok",
                    "data", base64(StandardCharsets.UTF_8.encode(ScanLine.write(scan))),
                    "metadata", Map.of("partitionKeys", ScanLine.partitionKeys(scan)));
        } catch (IllegalArgumentException e) {
            LOG.error("Record can't be read", LogField.RECORD_ID.with(record.getRecordId()), LogField.error(e));
            return answer(record, "ProcessingFailed");
        }
    }

    /** The answer for a record without a line. Firehose requires the data in any case. */
    private static Map<String, Object> answer(KinesisFirehoseEvent.Record record, String result) {
        return Map.of("recordId", record.getRecordId(), "result", result, "data", base64(record.getData()));
    }

    private static String base64(ByteBuffer data) {
        return StandardCharsets.ISO_8859_1
                .decode(Base64.getEncoder().encode(data.duplicate()))
                .toString();
    }
}
