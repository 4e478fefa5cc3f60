package dev.printshop.shared.aws;

import dev.printshop.shared.json.JsonObject;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** EventBridge's validation of a call, for its fakes. A violation fails the whole call. */
public final class EventBridgeLimits {

    private static final int MAX_ENTRIES = 10;
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_DETAIL_TYPE = 128;

    private EventBridgeLimits() {}

    /** Refuses a call that EventBridge would refuse. */
    public static void require(PutEventsRequest request) {
        if (request.entries().isEmpty() || request.entries().size() > MAX_ENTRIES) {
            throw refusal(
                    "ValidationException",
                    "%d entries".formatted(request.entries().size()));
        }
        for (PutEventsRequestEntry entry : request.entries()) {
            if (entry.detailType().isEmpty() || entry.detailType().length() > MAX_DETAIL_TYPE) {
                throw refusal(
                        "ValidationException",
                        "detail-type of %d characters"
                                .formatted(entry.detailType().length()));
            }
            JsonObject.parse(entry.detail());
        }
        long bytes =
                request.entries().stream().mapToLong(EventBridgeLimits::bytes).sum();
        if (bytes >= MAX_BYTES) {
            throw refusal(
                    "ValidationException", "Total size of the entries in the request is over the limit: " + bytes);
        }
    }

    private static long bytes(PutEventsRequestEntry entry) {
        long bytes = entry.time() == null ? 0 : 14;
        bytes += utf8(entry.source()) + utf8(entry.detailType()) + utf8(entry.detail());
        return bytes
                + entry.resources().stream().mapToLong(EventBridgeLimits::utf8).sum();
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static EventBridgeException refusal(String code, String message) {
        return (EventBridgeException) EventBridgeException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
