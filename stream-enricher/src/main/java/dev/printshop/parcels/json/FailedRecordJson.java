package dev.printshop.parcels.json;

import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.messages.StackTrace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A failed record as a message of the failure queue: {@code {"schemaVersion": 1, "error": {"type", "message",
 * "stackTrace"}, "kinesisRecord": {"streamArn", "shardId", "sequenceNumber", "partitionKey",
 * "approximateArrivalTimestamp", "sizeInBytes", "data"}}}. The time is an ISO 8601 instant, the data are in Base64.
 *
 * <p>A message has only ASCII characters, and others are escaped: its length is its size, and SQS, which refuses some
 * characters, accepts every partition key and every error text.
 */
public final class FailedRecordJson {

    /**
     * The largest message that SQS accepts, in bytes.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">
     *     Amazon SQS message quotas</a>
     */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_STACK_TRACE = 8_000;
    private static final char LAST_OF_ASCII = 0x7e;

    private FailedRecordJson() {}

    /**
     * Writes a message of at most {@link #MAX_BYTES}. Data that don't fit are omitted, which requires a record of more
     * than 750 KB, a thousand times the size of a scan. The message then contains only their place in the stream.
     */
    public static String write(FailedRecord failed, Throwable reason) {
        String complete = write(failed, reason, true);
        return complete.length() <= MAX_BYTES ? complete : write(failed, reason, false);
    }

    private static String write(FailedRecord failed, Throwable reason, boolean withData) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", reason.getClass().getName());
        error.put("message", cut(String.valueOf(reason.getMessage()), MAX_MESSAGE));
        error.put("stackTrace", stackTrace(reason));
        Map<String, Object> streamed = new LinkedHashMap<>();
        streamed.put("streamArn", failed.streamArn());
        streamed.put("shardId", failed.shardId());
        streamed.put("sequenceNumber", failed.sequenceNumber());
        streamed.put("partitionKey", failed.partitionKey());
        streamed.put("approximateArrivalTimestamp", failed.arrivedAt().toString());
        streamed.put("sizeInBytes", failed.data().remaining());
        if (withData) {
            streamed.put("data", base64(failed.data()));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("schemaVersion", 1);
        message.put("error", error);
        message.put("kinesisRecord", streamed);
        return escapeAllButAscii(JsonObject.write(message));
    }

    /** The beginning of a stack trace, up to the length that fits into a message or a log record. */
    public static String stackTrace(Throwable failure) {
        return cut(StackTrace.of(failure), MAX_STACK_TRACE);
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean splitsACharacter = Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, splitsACharacter ? length - 1 : length);
    }

    private static String base64(ByteBuffer data) {
        return StandardCharsets.ISO_8859_1
                .decode(Base64.getEncoder().encode(data.duplicate()))
                .toString();
    }

    private static String escapeAllButAscii(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.chars().forEach(unit -> {
            if (unit <= LAST_OF_ASCII) {
                escaped.append((char) unit);
            } else {
                escaped.append("\\u%04x".formatted(unit));
            }
        });
        return escaped.toString();
    }
}
